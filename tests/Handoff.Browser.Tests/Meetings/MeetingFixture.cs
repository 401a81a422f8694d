using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Simulator.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Handoff.Browser.Tests.Meetings;

/// <summary>A unit with five patients and nine days behind them; the team met two days after they came. Nobody in it is real.</summary>
public sealed class MeetingFixture : AppFixture
{
    public const string Unit = "5-south";

    public static readonly Guid Reyes = Of("501"),
        Brook = Of("502"),
        Konstantinos = Of("503"),
        Diaz = Of("504"),
        Quiet = Of("505");

    private const int Days = 9,
        MetAfter = 2;

    private static readonly (Guid Stay, string Bed, string Family, string Given)[] Cast =
    [
        (Reyes, "501", "Reyes", "Dolores"),
        (Brook, "502", "Brook", "Maya"),
        (Konstantinos, "503", "Wolfeschlegelsteinhausenbergerdorff", "Konstantinos"),
        (Diaz, "504", "Diaz", "Ana"),
        (Quiet, "505", "Okoye", "Chidi"),
    ];

    protected override string Filling => "meetings";

    protected override async Task Fill(IServiceProvider services)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var clock = new SetClock { Now = now.AddDays(-Days) };
        var (store, states, reader) = (
            services.GetRequiredService<EventStore>(),
            services.GetRequiredService<StateReader>(),
            services.GetRequiredService<LogReader>()
        );
        await using var log = new Log(store, states, clock);
        var past = new Past(log, clock);
        var duties = new DeadlineRunner(
            store,
            log,
            reader,
            states,
            services.GetRequiredService<Reactions>(),
            clock,
            NullLogger<DeadlineRunner>.Instance
        );
        await past.Record(new OpenFacility("Cedar Hill Behavioral Health") { Key = Handoff.Domain.Units.Facility.OnlyKey });
        await past.Record(new OpenUnit("5 South", "America/Chicago") { Key = Unit });
        await past.Record(new SetBeds([.. Cast.Select(c => c.Bed)]) { Key = Unit });
        await past.Record(
            new SetLevels(
                [new(ObservationLevel.Q60, "Q60", 60), new(ObservationLevel.Q15, "Q15", 15), new(ObservationLevel.OneToOne, "1:1", 15)],
                ObservationLevel.Q60
            )
            {
                Key = Unit,
            }
        );
        foreach (var (stay, bed, family, given) in Cast)
        {
            await past.Record(new Admit("S-" + bed, family, given, Unit, bed, Born: new(1988, 4, 12)) { Key = stay.ToString() });
        }

        await duties.DoNow(DemoFacility.Id, default);
        for (var day = 0; day < Days; day++)
        {
            await past.Day(now.AddDays(day - Days), day);
            await duties.DoNow(DemoFacility.Id, default);
            if (day == MetAfter)
            {
                await past.Meet(await reader.Head(DemoFacility.Id, default));
                await duties.DoNow(DemoFacility.Id, default);
            }
        }

        clock.Now = now.AddMinutes(-1);
        await duties.DoNow(DemoFacility.Id, default);
    }

    private static Guid Of(string what) => NamedId.From("meeting", what);

    /// <summary>What happened, written down on the day on which it did.</summary>
    private sealed class Past(Log log, SetClock clock)
    {
        public async Task Day(DateTimeOffset from, int day)
        {
            for (var half = 0; half < 48; half++)
            {
                clock.Now = from.AddMinutes(30 * half + 5);
                var local = UnitTime.In("America/Chicago").Local(clock.Now);
                foreach (var (stay, _, _, _) in Cast)
                {
                    await Hour(stay.ToString(), local, day);
                }
            }
        }

        private async Task Hour(string key, DateTimeOffset local, int day)
        {
            var isNight = local.Hour is >= 23 or < 6;
            var isReyes = key == Reyes.ToString();
            var isAwake = isReyes && day > 4 && local.Hour is 2 or 3;
            await Record(
                new RecordCheck(
                    isNight ? "Room" : "Day room",
                    isNight && !isAwake,
                    isNight && !isAwake ? true : null,
                    isReyes && local is { Hour: 3, Minute: < 30 } && day > 4 ? Activity.Tearful : null
                )
                {
                    Key = key,
                }
            );
            if (local.Minute >= 30 || key == Quiet.ToString())
            {
                return;
            }

            if (local.Hour is 8 or 12 or 18)
            {
                await Record(
                    new RecordMeal(
                        local.Hour switch
                        {
                            8 => Meal.Breakfast,
                            12 => Meal.Lunch,
                            _ => Meal.Dinner,
                        },
                        isReyes && day > 4 ? (local.Hour == 8 ? 0 : 20) : 80,
                        isReyes && day > 4 && local.Hour == 8
                    )
                    {
                        Key = key,
                    }
                );
            }

            await (isReyes ? OfReyes(key, local.Hour, day) : Task.CompletedTask);
        }

        private Task OfReyes(string key, int hour, int day) =>
            (day, hour) switch
            {
                (0, 10) => Record(new SetBaseline(BehaviorDomain.Mood, 1, "low") { Key = key }),
                (0, 11) => Record(new RecordPreference(PreferenceKind.Calms, "Walks, and her sister’s calls") { Key = key }),
                (1, 14) => Record(new StartPrecaution(PrecautionKind.Suicide, "Said that she would rather not wake up") { Key = key }),
                (> 0, 16) => Record(
                    new ObserveBehavior(
                        BehaviorDomain.Mood,
                        day > 4 ? "hopeless" : "low",
                        day > 4 ? 3 : 1,
                        day == 6 ? "Nobody would miss me." : null
                    )
                    {
                        Key = key,
                    }
                ),
                (6, 20) => Crisis(),
                (7, 9) => Record(new OrderLevel(ObservationLevel.OneToOne, "After the crisis of last night") { Key = key }, "prescriber"),
                (7, 11) => Record(new JudgeSeverity(IllnessSeverity.Unstable) { Key = key }),
                (7, 15) => Record(
                    new SignNote(
                        Reyes,
                        NoteKind.Progress,
                        "Talked for an hour. She worries about her flat and asks whether her sister may visit."
                    )
                    {
                        Key = Of("note").ToString(),
                    },
                    "clinician"
                ),
                (7, 17) => Record(new ObserveBehavior(BehaviorDomain.Social, "stays by herself", 2) { Key = key }),
                _ => Task.CompletedTask,
            };

        private async Task Crisis()
        {
            var incident = Of("incident").ToString();
            await Record(new OpenIncident(IncidentKind.SelfHarm, Unit, [Reyes], "Room") { Key = incident });
            await Record(
                new RecordAttempt(Technique.TimeOneToOne, Effect: Effect.Calmed, Minutes: 20, AvoidedRestriction: true) { Key = incident }
            );
            await Record(new ResolveIncident { Key = incident });
        }

        public async Task Meet(long head)
        {
            var day = DateOnly.FromDateTime(UnitTime.In("America/Chicago").Local(clock.Now).DateTime);
            var meeting = MeetingKey.ForDay(Unit, day);
            await Record(new OpenMeeting(["Dr. Leila Haddad", "Grace Lindqvist"]) { Key = meeting });
            await Record(
                new RecordDecision("Ask the sister whether she can visit on Sunday", new(Role.Clinician), clock.Now.AddDays(2), meeting)
                {
                    Key = Reyes.ToString(),
                },
                "prescriber"
            );
            await Record(
                new RecordDecision("Weigh twice a week", new(Role.Nurse), clock.Now.AddDays(20), meeting) { Key = Reyes.ToString() },
                "prescriber"
            );
            foreach (var stay in (Guid[])[Reyes, Brook, Konstantinos])
            {
                await Record(new ReviewPatient(meeting, head) { Key = stay.ToString() });
            }

            await Record(new CloseMeeting { Key = meeting });
        }

        public async Task Record(ICommand command, string by = "nurse") =>
            (
                await log.Send(
                    DemoFacility.Id,
                    new(command, new(DemoCast.Named(by), Permission.All.ToHashSet()), Guid.CreateVersion7(), Source.Ui)
                )
            ).Refusal.ShouldBeNull();
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
