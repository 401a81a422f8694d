using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Simulator.Demo;

/// <summary>
/// A facility to try things on: two units, invented patients, and the last hours of a shift. Recorded through the same log as everything
/// else.
/// </summary>
public sealed class DemoFacility(IDemoLog log, string zone, TimeProvider clock)
{
    public const string Id = "demo";

    private static readonly string[] Families =
    [
        "Adams",
        "Brook",
        "Chen",
        "Diaz",
        "Eriksen",
        "Fofanah",
        "García-Hernández",
        "Haddad",
        "Ivanova",
        "Jackson",
        "Kowalczyk",
        "Lindqvist",
        "Mensah",
        "Nguyen",
        "O'Connor",
        "Papadopoulos",
        "Quispe",
        "Ramachandran",
        "Silva",
        "Thompson",
        "Ueda",
        "Vasquez",
        "Whitehorse",
        "Xiong",
        "Yilmaz",
        "Zielińska",
    ];

    private static readonly string[] Givens =
    [
        "Maya",
        "Luis",
        "Ana",
        "Tom",
        "Aisha",
        "Peter",
        "Yuki",
        "Samuel",
        "Noor",
        "Grace",
        "Ivan",
        "Elena",
        "Marcus",
        "Linh",
        "Oscar",
        "Ruth",
        "Diego",
        "Priya",
    ];

    private static readonly Staff[] Technicians = [DemoCast.Named("tech"), DemoCast.Named("ruiz"), DemoCast.Named("park")];

    /// <summary>
    /// The zone in which the demo facility is, or will be: the one that is configured, else this machine's. Whoever tries the demo sees the
    /// time on their own wall, and a feed's times without a zone mean what they seem to mean.
    /// </summary>
    public static string ZoneOf(string? configured) =>
        configured
        ?? (
            TimeZoneInfo.Local.HasIanaId ? TimeZoneInfo.Local.Id
            : TimeZoneInfo.TryConvertWindowsIdToIanaId(TimeZoneInfo.Local.Id, out var iana) ? iana
            : "UTC"
        );

    /// <summary>
    /// Fills the facility and opens it, unless it is open. What was interrupted goes on at the next start, and two nodes that do it at once
    /// do it once.
    /// </summary>
    public async Task Load(CancellationToken cancel)
    {
        if ((await log.State<Facility>(Facility.OnlyKey, cancel)).Name is not null)
        {
            return;
        }

        await OpenUnits();
        await Admit("2-west", Beds(201, 212, "AB"), 23, 1);
        await Admit("3-east", Beds(301, 316, ""), 14, 2);
        await log.DoNow(cancel);
        await Observe("2-west", cancel);
        await Observe("3-east", cancel);
        await log.DoNow(cancel);
        await TakePatients("2-west", cancel);
        await Record(new OpenFacility("Cedar Hill Behavioral Health") { Key = Facility.OnlyKey });
    }

    private async Task OpenUnits()
    {
        await Record(new OpenUnit("2 West", zone) { Key = "2-west" });
        await Record(new SetBeds(Beds(201, 212, "AB")) { Key = "2-west" });
        await Record(new SetShifts(ShiftPattern.EightHours) { Key = "2-west" });
        await Record(new OpenUnit("3 East", zone) { Key = "3-east" });
        await Record(new SetBeds(Beds(301, 316, "")) { Key = "3-east" });
        await Record(new SetShifts(ShiftPattern.TwelveHours) { Key = "3-east" });
        await Record(new TakeCharge { Key = "2-west" }, DemoCast.Named("charge"));
        await Record(new TakeCharge { Key = "3-east" }, DemoCast.Named("charge"));
    }

    private async Task Admit(string unit, string[] beds, int patients, int seed)
    {
        var random = new Random(seed);
        var now = UnitTime.In(zone).Local(clock.GetUtcNow());
        var admissions = beds.Take(patients)
            .Select(
                (bed, i) =>
                    new Admit(
                        $"{unit[0]}0{4100 + i * 7}",
                        Families[(i * 5 + seed) % Families.Length],
                        Givens[(i * 7 + seed) % Givens.Length],
                        unit,
                        bed,
                        now.AddHours(-random.Next(8, 24 * 9)),
                        Born: new DateOnly(1950 + random.Next(55), 1 + random.Next(12), 1 + random.Next(28))
                    )
                    {
                        Key = NamedId.From("demo", unit, bed).ToString(),
                    }
            );
        await Task.WhenAll(admissions.Select(a => Record(a)));
    }

    // Two have most of the unit between them; the rest is still whoever is in charge's.
    private async Task TakePatients(string unit, CancellationToken cancel)
    {
        var here = await log.State<Unit>(unit, cancel);
        var shift = ShiftKey.ForShift(unit, here.ShiftAt(clock.GetUtcNow())!);
        Staff[] takers = [DemoCast.Named("tech"), DemoCast.Named("nurse")];
        foreach (var who in takers)
        {
            await Record(new ComeOn(who) { Key = shift }, who, who.Id);
        }

        foreach (var (index, stay) in (await Census(unit, cancel)).Index().Where(s => s.Index % 6 != 5))
        {
            await Record(new TakePatient(shift) { Key = stay.ToString() }, takers[index % 2]);
        }
    }

    private async Task Observe(string unit, CancellationToken cancel)
    {
        var census = await Census(unit, cancel);
        var random = new Random(unit.Length + census.Count);
        foreach (var (index, stay) in census.Index())
        {
            await Level(index, stay);
            await Task.WhenAll(
                DemoStatus.ForPatient(index).Select(command => Record(command(stay.ToString()), Technicians[index % Technicians.Length]))
            );
        }

        await Task.WhenAll(
            census.Select(stay => Record(Seen(random) with { Key = stay.ToString() }, Technicians[random.Next(Technicians.Length)]))
        );
        await Record(new StartLeave(LeaveKind.Court, clock.GetUtcNow().AddHours(3), "Hearing") { Key = census[^1].ToString() });
    }

    private static RecordCheck Seen(Random random)
    {
        var (place, activities) = random.Next(10) switch
        {
            < 4 => ("Room", new[] { Activity.Calm, Activity.Withdrawn, Activity.Talking }),
            < 8 => ("Day room", [Activity.Talking, Activity.Watching, Activity.Eating, Activity.Calm]),
            _ => ("Hallway", [Activity.Pacing, Activity.WithStaff, Activity.Calm]),
        };
        return new(place, IsAsleep: false, Activity: activities[random.Next(activities.Length)]);
    }

    private Task Level(int index, Guid stay) =>
        index switch
        {
            0 => Record(new OrderLevel(ObservationLevel.OneToOne, "Told staff about a plan for tonight") { Key = stay.ToString() }),
            2 or 9 => Record(
                new OrderLevel(ObservationLevel.Q5, "Left a group without a word and was found at the exit") { Key = stay.ToString() }
            ),
            5 or 6 or 11 or 15 => Record(
                new OrderLevel(ObservationLevel.Q30, "Third day without a change in mood") { Key = stay.ToString() }
            ),
            _ => Task.CompletedTask,
        };

    private async Task<List<Guid>> Census(string unit, CancellationToken cancel)
    {
        var beds = (await log.State<Unit>(unit, cancel)).Beds;
        var stays = new List<Guid>();
        foreach (var bed in beds)
        {
            var stay = NamedId.From("demo", unit, bed);
            if ((await log.State<Stay>(stay.ToString(), cancel)).IsHere())
            {
                stays.Add(stay);
            }
        }

        return stays;
    }

    private async Task Record(ICommand command, Staff? by = null, string part = "")
    {
        var request = NamedId.From("demo", command.Stream, command.GetType().Name + part);
        if (await log.Record(command, by ?? Staff.Clock, request) is { Code: not "request-id-reused" } refusal)
        {
            throw new InvalidOperationException($"The demo facility's {command.GetType().Name} was refused: {refusal.Code}.");
        }
    }

    private static string[] Beds(int from, int to, string letters) =>
        Enumerable
            .Range(from, to - from + 1)
            .SelectMany(room => letters.Length == 0 ? [$"{room}"] : letters.Select(letter => $"{room}{letter}"))
            .ToArray();
}
