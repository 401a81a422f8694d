using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Simulator.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Handoff.Browser.Tests.Timeline;

/// <summary>
/// A patient who has been on the unit for three days, seen every eleven minutes, with what happens in three days. Nobody in it is real.
/// </summary>
public sealed class TimelineFixture : AppFixture
{
    public const string Unit = "4-north";

    public static readonly Guid Stay = NamedId.From("timeline", "401A");

    private const int Checks = 390;

    protected override string Filling => "timelines";

    protected override async Task Fill(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var clock = new SetClock { Now = now.AddMinutes(-11 * Checks - 60) };
        var (store, states) = (services.GetRequiredService<EventStore>(), services.GetRequiredService<StateReader>());
        await using var log = new Log(store, states, clock);
        var duties = new DeadlineRunner(
            store,
            log,
            services.GetRequiredService<LogReader>(),
            states,
            services.GetRequiredService<Reactions>(),
            clock,
            NullLogger<DeadlineRunner>.Instance
        );
        var kim = new Actor(new("u-1", "Jordan Kim", Role.Technician, "MHT"), Permission.All.ToHashSet());
        var key = Stay.ToString();

        async Task Record(ICommand command, Actor? by = null) =>
            (await log.Send(DemoFacility.Id, new(command, by ?? kim, Guid.CreateVersion7(), Source.Ui))).Refusal.ShouldBeNull();

        await Record(new OpenFacility("Cedar Hill Behavioral Health") { Key = Handoff.Domain.Units.Facility.OnlyKey });
        await Record(new OpenUnit("4 North", "America/Chicago") { Key = Unit });
        await Record(new SetBeds(["401A", "401B"]) { Key = Unit });
        await Record(new Admit("N-1", "Papadopoulos-Featherstonehaugh", "Konstantinos", Unit, "401A") { Key = key });
        await duties.DoNow(DemoFacility.Id, default);
        for (var i = 1; i <= Checks; i++)
        {
            clock.Now = now.AddMinutes(-11 * (Checks - i) - 1);
            var isAsleep = UnitTime.In("America/Chicago").Local(clock.Now).Hour is >= 23 or < 6;
            await (
                i % 37 == 0
                    ? Record(
                        new RecordCheck("Hallway", false, Activity: Activity.Pacing, Remark: $"Asked for the time, number {i}")
                        {
                            Key = key,
                        }
                    )
                : i == 200 ? Record(new SkipCheck("In the shower, spoke through the door") { Key = key })
                : Record(new RecordCheck(isAsleep ? "Room" : "Day room", isAsleep, isAsleep ? true : null) { Key = key })
            );
            if (i == 120)
            {
                await Record(
                    new OrderLevel(ObservationLevel.OneToOne, "Tied a sheet to the door") { Key = key },
                    new(new("u-2", "Dr. Amara Okafor", Role.Prescriber, "MD"), kim.Permissions)
                );
            }

            if (i == 180)
            {
                await Record(
                    new OrderLevel(ObservationLevel.Q15, "Reviewed with the team") { Key = key },
                    new(new("u-2", "Dr. Amara Okafor", Role.Prescriber, "MD"), kim.Permissions)
                );
            }
        }

        await duties.DoNow(DemoFacility.Id, default);
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
