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

namespace Handoff.Browser.Tests.Boards;

/// <summary>
/// A facility in the middle of a shift: <c>4-north</c> with everything that can be off the usual, <c>5-south</c> with nobody,
/// <c>6-west</c> with 40 patients of difficult names, <c>7-quick</c> where somebody is to be seen every minute, <c>8-east</c> with 16
/// patients.
/// Nobody in it is real.
/// </summary>
public sealed class BoardFixture : AppFixture
{
    public const string North = "4-north",
        South = "5-south",
        East = "8-east",
        West = "6-west",
        Quick = "7-quick";

    protected override string Filling => "boards";

    protected override async Task Fill(IServiceProvider services)
    {
        await using var ward = new Ward(services, services.GetRequiredService<TimeProvider>().GetUtcNow());
        await ward.Fill();
    }

    /// <summary>Always the same stay for a bed.</summary>
    public static Guid Stay(string unit, string bed) => NamedId.From("ward", unit, bed);

    private sealed class Ward : IAsyncDisposable
    {
        private static readonly Staff Kim = new("u-1", "Jordan Kim", Role.Technician, "MHT");
        private static readonly Actor Anybody = new(Kim, Permission.All.ToHashSet());
        private static readonly string[] Beds = [.. Enumerable.Range(401, 12).SelectMany(room => new[] { $"{room}A", $"{room}B" })];

        private readonly SetClock clock;
        private readonly Log log;
        private readonly DeadlineRunner duties;
        private readonly DateTimeOffset now;

        public Ward(IServiceProvider services, DateTimeOffset now)
        {
            this.now = now;
            clock = new() { Now = now.AddHours(-6) };
            var states = services.GetRequiredService<StateReader>();
            log = new(services.GetRequiredService<EventStore>(), states, clock);
            duties = new(
                services.GetRequiredService<EventStore>(),
                log,
                services.GetRequiredService<LogReader>(),
                states,
                services.GetRequiredService<Reactions>(),
                clock,
                NullLogger<DeadlineRunner>.Instance
            );
        }

        public async Task Fill()
        {
            await Record(new OpenFacility("Cedar Hill Behavioral Health") { Key = Handoff.Domain.Units.Facility.OnlyKey });
            await Open(North, "4 North", Beds);
            await Open(South, "5 South", ["1", "2", "10"]);
            await Open(West, "6 West", [.. Enumerable.Range(1, 40).Select(bed => $"{bed}")]);
            await Open(Quick, "7 Quick", ["1", "2"]);
            await Open(East, "8 East", [.. Enumerable.Range(801, 16).Select(bed => $"{bed}")]);
            await Record(new SetLevels([new(ObservationLevel.Q15, "Q1 test", 1)], ObservationLevel.Q15) { Key = Quick });
            await AdmitNorth();
            await AdmitWest();
            foreach (var bed in Enumerable.Range(801, 16))
            {
                await Record(new Admit($"E-{bed}", "Wagner", "Wilhelmina", East, $"{bed}") { Key = Stay(East, $"{bed}").ToString() });
            }

            await Record(new Admit("Q-1", "Quick", "Quinn", Quick, "1") { Key = Stay(Quick, "1").ToString() });
            await Follow();
            await ObserveNorth();
            clock.Now = now;
            await Follow();
        }

        public async ValueTask DisposeAsync()
        {
            await log.DisposeAsync();
        }

        private async Task Open(string unit, string name, string[] beds)
        {
            await Record(new OpenUnit(name, "America/Chicago") { Key = unit });
            await Record(new SetBeds(beds) { Key = unit });

            // Who is overdue here has been so for long: no concern of the service's own is to stand on their cards.
            await Record(new SetWatchRules(4, 30) { Key = unit });
        }

        private async Task AdmitNorth()
        {
            (string Family, string Given)[] people =
            [
                ("Brook", "Maya"),
                ("Adams", "Ruth"),
                ("Chen", "Luis"),
                ("Diaz", "Ana"),
                ("Eriksen", "Tom"),
                ("Fofanah", "Aisha"),
                ("García-Hernández", "María José"),
                ("Haddad", "سمير"),
                ("Ivanova", "Elena"),
                ("Jackson", "Marcus"),
                ("Kowalczyk", "Piotr"),
                ("Lindqvist", "Grace"),
                ("Mensah", "Yaw"),
                ("Nguyen", "Linh"),
                ("O'Connor", "Oscar"),
                ("Papadopoulos-Featherstonehaugh", "Konstantinos Alexander"),
                ("Quispe", "Diego"),
                ("Ramachandran", "Priya"),
                ("Silva", "Noor"),
                ("Thompson", "Samuel"),
                ("Ueda", "Yuki"),
                ("Vasquez", "Ivan"),
                ("Whitehorse", "Peter"),
            ];
            foreach (var (bed, (family, given)) in Beds.Zip(people))
            {
                await Record(new Admit($"N-{bed}", family, given, North, bed) { Key = Stay(North, bed).ToString() });
            }

            await Record(
                new Admit("N-X", "Yilmaz", "Deniz", North, "405A", BedMayBeTaken: true) { Key = Stay(North, "second").ToString() }
            );
        }

        private async Task AdmitWest()
        {
            string[] names =
            [
                "Wolfeschlegelsteinhausenbergerdorff" + new string('f', 160),
                "المنصوري",
                "👩‍⚕️ Smiley",
                "D'Arcy-O'Neill",
                "李",
                "<b>Bold</b>",
            ];
            foreach (var bed in Enumerable.Range(1, 40))
            {
                await Record(
                    new Admit($"W-{bed}", names[bed % names.Length], bed % 3 == 0 ? "محمد" : "Given", West, $"{bed}")
                    {
                        Key = Stay(West, $"{bed}").ToString(),
                    }
                );
            }
        }

        private async Task ObserveNorth()
        {
            await At(
                120,
                "401A",
                stay => new OrderLevel(ObservationLevel.OneToOne, "Told staff about a plan for tonight", now.AddMinutes(40)) { Key = stay }
            );
            await At(110, "403A", stay => new OrderLevel(ObservationLevel.Q5, "Left a group without a word") { Key = stay });
            await At(100, "406B", stay => new OrderLevel(ObservationLevel.LineOfSight, "Dizzy after a new medicine") { Key = stay });
            await At(90, "408A", stay => new OrderLevel(ObservationLevel.Q30, "Third day without a change in mood") { Key = stay });
            await At(80, "409A", stay => new OrderLevel(ObservationLevel.Q30, "Sleeps well") { Key = stay });
            await At(70, "412A", stay => new StartLeave(LeaveKind.Court, now.AddHours(2), "Hearing") { Key = stay });
            await At(65, "410B", stay => new StartLeave(LeaveKind.Pass, now.AddMinutes(-12)) { Key = stay });
            await At(
                50,
                "411A",
                stay => new PauseObservation("procedure", now.AddMinutes(25), "Ana, CT at the hospital across the road") { Key = stay }
            );
            (int Ago, string Bed, string Place, bool IsAsleep, bool? Breathing, Activity? Doing)[] seen =
            [
                (64, "408A", "Room", true, true, null),
                .. Beds.Except(["408A", "410B", "411A", "412A", "412B"])
                    .Select(bed => (27, bed, "Day room", false, (bool?)null, (Activity?)null)),
                (22, "402B", "Bathroom", false, null, null),
                (18, "407A", "Room", true, true, null),
                (14, "404B", "Day room", false, null, Activity.Talking),
                (13, "401B", "Group room", false, null, Activity.InGroup),
                (12, "405B", "Hallway", false, null, Activity.Pacing),
                (6, "409A", "Room", true, true, null),
                (5, "402A", "Day room", false, null, Activity.Watching),
                (4, "403B", "Hallway", false, null, null),
                (4, "404A", "Dining room", false, null, Activity.Eating),
                (4, "405A", "Room", true, true, null),
                (3, "405A", "Room", true, false, null),
                (3, "406A", "Day room", false, null, Activity.Tearful),
                (2, "407B", "Room", true, true, null),
                (2, "408B", "Hallway", false, null, Activity.Calm),
                (2, "409B", "Courtyard", false, null, null),
                (1, "403A", "Nurses' station", false, null, Activity.Agitated),
                (1, "410A", "Room", true, true, null),
                (1, "411B", "Day room", false, null, Activity.Calm),
                (0, "second", "Room", true, true, null),
                // Whoever is watched all the time is a concern at the first limit, which is not to pass while tests look.
                (0, "401A", "Room", false, null, Activity.WithStaff),
                (0, "406B", "Room", true, true, null),
            ];
            foreach (var one in seen)
            {
                await At(one.Ago, one.Bed, stay => new RecordCheck(one.Place, one.IsAsleep, one.Breathing, one.Doing) { Key = stay });
            }
        }

        private Task At(int minutesAgo, string bed, Func<string, ICommand> command)
        {
            clock.Now = now.AddMinutes(-minutesAgo).AddSeconds(-20);
            return Record(command(Stay(North, bed).ToString()));
        }

        private Task Follow() => duties.DoNow(DemoFacility.Id, CancellationToken.None);

        private async Task Record(ICommand command)
        {
            var answer = await log.Send(DemoFacility.Id, new(command, Anybody, Guid.CreateVersion7(), Source.Import));
            answer.Refusal.ShouldBeNull();
        }
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
