using Handoff.Api.Access;
using Handoff.Api.Handoffs;
using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using Handoff.Simulator;
using Handoff.Simulator.Demo;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Browser.Tests.Handoffs;

/// <summary>
/// The demo after some simulated hours on 2 West: 24 patients, all of whom Maria Ortiz (<c>nurse</c>) has, who is in charge; Ana Ruiz
/// (<c>ruiz</c>) has come on.
/// For one of the patients a task is open.
/// </summary>
public sealed class PlayedFixture : AppFixture, IAsyncLifetime
{
    public const string Unit = "2-west";

    private const int Patients = 24;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        await Play();
        await Fill();
        await GiveEverybodyTo(DemoCast.Named("nurse"));
    }

    public async Task<UnitHandoff> Handoff() =>
        (await Services.GetRequiredService<HandoffReader>().ForUnit(Facility, Unit, CancellationToken.None))!;

    /// <summary>Who was responsible for a patient, one after the other.</summary>
    public Task<IReadOnlyList<ResponsibilityPeriod>> Stints(Guid stay) =>
        Services.GetRequiredService<HandoffReader>().Stints(Facility, stay, CancellationToken.None);

    // Nine hours hold at least one change of shift.
    private async Task Play()
    {
        using var wire = new Wire(new(Address), Key, TimeSpan.FromSeconds(60), 9);
        using var play = new Play(
            new(Unit, Speed: 3600, Hours: 9, Seed: 5, Patients, Run: "browser", AtOnce: 8),
            wire,
            null,
            TimeProvider.System,
            _ => { }
        );
        var summary = await play.Run(CancellationToken.None);
        summary.Stopped.ShouldBeNull();
        summary.Total.HandedOver.ShouldBeGreaterThan(10);
    }

    private async Task Fill()
    {
        var unit = await Services.GetRequiredService<Log>().State<Unit>(Facility, Unit, CancellationToken.None);
        var here = (await Handoff()).Patients;
        foreach (var bed in unit.Beds.Except(here.Select(p => p.Bed)).OfType<string>().Take(Patients - here.Count))
        {
            await Record(new Admit($"F{bed}", "Abubakar", $"Zainab {bed}", Unit, bed) { Key = NamedId.From("fill", bed).ToString() });
        }

        await Settle();
        await Record(
            new RaiseTask(
                "Call the family back",
                new(Domain.Access.Role.Technician),
                DateTimeOffset.UtcNow.AddHours(2),
                (await Handoff()).Patients[^1].Stay
            )
            {
                Key = NamedId.From("fill", "task").ToString(),
            }
        );
    }

    private async Task GiveEverybodyTo(Staff nurse)
    {
        var unit = await Services.GetRequiredService<Log>().State<Unit>(Facility, Unit, CancellationToken.None);
        var shift = ShiftKey.ForShift(Unit, unit.ShiftAt(DateTimeOffset.UtcNow)!);
        await Record(new ComeOn { Key = shift }, nurse);
        await Record(new ComeOn { Key = shift }, DemoCast.Named("ruiz"));
        await Record(new TakeCharge { Key = Unit }, nurse);
        foreach (var patient in (await Handoff()).Patients)
        {
            await Record(new TakeOver("Alone for an hour") { Key = patient.Stay.ToString() }, nurse);
        }
    }
}
