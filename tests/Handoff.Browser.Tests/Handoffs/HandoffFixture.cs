using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Simulator.Demo;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Browser.Tests.Handoffs;

/// <summary>
/// The demo, and beside it the unit <c>9-small</c> with three patients whom Jordan Kim (<c>tech</c>) has; Maria Ortiz (<c>nurse</c>) is on
/// as well. One shift lasts all day.
/// </summary>
public sealed class HandoffFixture : AppFixture
{
    public const string Unit = "9-small";

    public static readonly Guid Brook = NamedId.From("small", "1"),
        Chen = NamedId.From("small", "2"),
        Diaz = NamedId.From("small", "3");

    protected override string Filling => "handoffs";

    protected override async Task Fill(IServiceProvider services)
    {
        await base.Fill(services);
        var log = services.GetRequiredService<Log>();
        await Record(log, new OpenUnit("9 Small", "UTC") { Key = Unit });
        await Record(log, new SetBeds(["1", "2", "3"]) { Key = Unit });

        // It began an hour ago or two, so that its end, before which a page looks different, is far away at any time of day.
        var start = new TimeOnly(DateTimeOffset.UtcNow.AddHours(-1).Hour, 0);
        await Record(log, new SetShifts([new("All day", start, start)]) { Key = Unit });
        await Record(log, new TakeCharge { Key = Unit }, DemoCast.Named("charge"));
        foreach (
            var (stay, family, given, bed) in ((Guid, string, string, string)[])
                [(Brook, "Brook", "Maya", "1"), (Chen, "Chen", "Luis", "2"), (Diaz, "Diaz", "Ana", "3")]
        )
        {
            await Record(log, new Admit("S" + bed, family, given, Unit, bed) { Key = stay.ToString() });
        }

        await services.GetRequiredService<DeadlineRunner>().DoNow(Facility, CancellationToken.None);
        var shift = ShiftKey.ForShift(
            Unit,
            (await log.State<Unit>(Facility, Unit, CancellationToken.None)).ShiftAt(DateTimeOffset.UtcNow)!
        );
        await Record(log, new ComeOn { Key = shift }, DemoCast.Named("tech"));
        await Record(log, new ComeOn { Key = shift }, DemoCast.Named("nurse"));
        foreach (var stay in (Guid[])[Brook, Chen, Diaz])
        {
            await Record(log, new TakePatient(shift) { Key = stay.ToString() }, DemoCast.Named("tech"));
        }
    }

    /// <summary>Records a command as somebody of the demo would.</summary>
    public Task By(string account, ICommand command) => Record(Services.GetRequiredService<Log>(), command, DemoCast.Named(account));

    private static async Task Record(Log log, ICommand command, Staff? by = null) =>
        (
            await log.Send(Facility, new(command, new(by ?? Staff.Clock, Permission.All.ToHashSet()), Guid.CreateVersion7(), Source.Import))
        ).Refusal.ShouldBeNull();
}
