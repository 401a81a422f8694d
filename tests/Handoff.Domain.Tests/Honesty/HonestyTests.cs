using System.Text.Json;
using System.Text.RegularExpressions;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Timeline;
using Handoff.Honesty;

namespace Handoff.Domain.Tests.Honesty;

/// <summary>Whatever careless people and a careless feed do, nothing is said that the raw events don't bear out.</summary>
public sealed partial class HonestyTests
{
    internal static readonly DateTimeOffset[] Starts =
    [
        // An ordinary evening, the night on which an hour is skipped, and the one on which an hour comes twice.
        World.Time.Instant(new(2026, 2, 3, 19, 0, 0)),
        World.Time.Instant(new(2026, 3, 7, 21, 0, 0)),
        World.Time.Instant(new(2026, 10, 31, 21, 0, 0)),
    ];

    internal const int Steps = 90;

    /// <summary>What a meeting compares, so short that a history has both.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromHours(6);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Nothing_is_said_that_the_events_do_not_bear_out(int seed)
    {
        var plan = Careless.Plan(seed, Starts[seed % Starts.Length], Steps);
        if (Faults(plan).FirstOrDefault() is { } fault)
        {
            var least = Shortest.Of(plan, shorter => Faults(shorter).Any(f => Kind(f) == Kind(fault)));
            Assert.Fail($"Seed {seed}: {fault}\n{Story(least, fault)}");
        }
    }

    public static TheoryData<int> Seeds =>
        [
            .. Enumerable.Range(
                1,
                int.Parse(Environment.GetEnvironmentVariable("HONESTY_SEEDS") ?? "40", System.Globalization.CultureInfo.InvariantCulture)
            ),
        ];

    /// <summary>Else nothing would be found where nothing happens.</summary>
    [Fact]
    public void The_histories_hold_what_careless_people_and_feeds_do()
    {
        var happened = Enumerable
            .Range(1, 40)
            .SelectMany(seed => Played(seed).Facts)
            .GroupBy(f => EventTypeRegistry.Domain.NameOf(f.Recorded.Event))
            .ToDictionary(g => g.Key, g => g.Count());
        string[] meant =
        [
            "safety_checked",
            "check_entered_in_error",
            "check_missed",
            "check_skipped",
            "observation_paused",
            "pause_overdue",
            "observation_resumed",
            "observation_level_ordered",
            "rounding_moved",
            "leave_started",
            "leave_ended",
            "return_overdue",
            "moved_outside",
            "report_given",
            "departure_closed",
            "transferred",
            "transfer_cancelled",
            "discharged",
            "discharge_cancelled",
            "admission_cancelled",
            "note_signed",
            "note_corrected",
            "note_entered_in_error",
            "status_entry_taken_back",
            "incident_patient_involved",
            "incident_resolved",
            "incident_step_entered_in_error",
            "incident_step_corrected",
            "concern_escalated",
            "escalation_acknowledged",
            "task_raised",
            "task_done",
            "precaution_review_overdue",
            "contingency_fired",
            "decision_taken_back",
            "patient_assigned",
            "handoff_submitted",
            "handoff_accepted",
            "handoff_declined",
            "patient_taken_over",
            "loop_deferred",
        ];
        meant.Where(name => !happened.ContainsKey(name)).ShouldBeEmpty();
    }

    private static World Played(int seed)
    {
        var plan = Careless.Plan(seed, Starts[seed % Starts.Length], Steps);
        var world = Begun(plan);
        plan.ForEach(step => Careless.Happen(world, step));
        return world;
    }

    [Fact]
    public void No_way_of_taking_back_or_putting_right_is_unknown_to_the_check() =>
        RawStrikes.Forgotten(EventTypeRegistry.Domain).ShouldBeEmpty();

    /// <summary>What was missing on the board, said of another patient at another time, is the same fault.</summary>
    internal static string Kind(Fault fault) => $"{fault.Area}: {Particulars().Replace(fault.Words, "#")}";

    internal static IEnumerable<Fault> Faults(IReadOnlyList<Step> plan)
    {
        var (world, looked) = (Begun(plan), 0);
        foreach (var step in plan)
        {
            Careless.Happen(world, step);
            foreach (var fault in Faults(world, looked))
            {
                yield return fault;
            }

            looked = world.IsDown ? looked : world.Facts.Count;
        }
    }

    private static World Begun(IReadOnlyList<Step> plan)
    {
        var world = new World(Starts.Last(s => s <= plan[0].At));
        Careless.Begin(world);
        return world;
    }

    // What the service would have said while it was down it says when it is up again.
    private static IEnumerable<Fault> Faults(World world, long looked)
    {
        var log = new RawLog(world.Facts);
        return world.IsDown ? []
            : (string[])[Ward.West, Ward.East] is var units
                ? units
                    .SelectMany(unit => new BoardOracle(log, unit, world.Now).Faults(world.Board(unit)))
                    .Concat(log.Stays.SelectMany(stay => Faults(world, log, stay, looked)))
            : [];
    }

    private static IEnumerable<Fault> Faults(World world, RawLog log, Guid stay, long looked)
    {
        var (oracle, history, unit) = (new StoryOracle(log, stay, world.Now), world.History(stay), world.Unit(Ward.West));
        var since = world.Now.AddHours(-8);
        var draft = world.Draft(stay, since).Sections.SelectMany(s => s.Lines).ToList();
        var chart = Chart.FromHistory(history, world.Now.AddDays(-1), world.Now, unit);
        var meeting = SinceReview.FromFacts(history.Facts, 0, world.Facts.Count, Domain.Units.HandoffTemplate.IPass, World.Time);
        var told = history
            .Entries.Select(e => new ToldEntry(
                e.Id,
                e.IsStruck,
                e.IsLate,
                e.Event.Sentence(World.Time),
                [.. e.Amendments.Select(a => a.Id)]
            ))
            .ToList();
        return oracle
            .Timeline(told)
            .Concat(
                Lines
                    .FromEntries(history.Entries)
                    .OfType<CheckRun>()
                    .SelectMany(run => oracle.Run([.. run.Checks.Select(c => c.Id)], run.Words))
            )
            .Concat(oracle.Misses(looked))
            .Concat(oracle.Draft(draft, since, World.Time))
            .Concat(oracle.Loops(world.Loops(stay).Select(l => l.Loop)))
            .Concat(oracle.Meeting(meeting))
            .Concat(oracle.Lanes(chart))
            .Concat(new FiguresOracle(log, stay, world.Now).Faults(Figures.FromHistory(history, world.Now, Span, unit), Span))
            .Concat(oracle.Texts(world.Ward.Of<Domain.Handoffs.Care>(stay.ToString()).Texts))
            .Concat(oracle.Struck("handoff", string.Join(' ', draft.Select(l => l.Words))))
            .Concat(oracle.Struck("meeting", string.Join(' ', meeting.Lines.Select(l => l.Words))))
            .Concat(oracle.Struck("lanes", JsonSerializer.Serialize(chart)));
    }

    internal static string Story(IReadOnlyList<Step> plan, Fault about)
    {
        var world = Begun(plan);
        foreach (var step in plan)
        {
            Careless.Happen(world, step);
            if (Faults(world, 0).FirstOrDefault(f => Kind(f) == Kind(about)) is { } shown)
            {
                return $"{string.Join('\n', Told(world))}\n{World.Time.Local(world.Now):dd HH:mm:ss} {shown}";
            }
        }

        return "";
    }

    // Who is missed all night is one line.
    private static IEnumerable<string> Told(World world)
    {
        var facts = world.Facts.Select(f => f.Recorded).Where(r => !r.Stream.StartsWith("unit-", StringComparison.Ordinal)).ToList();
        return facts
            .Where(
                (r, i) =>
                    r.Event is not Domain.Observations.CheckMissed
                    || i < 2
                    || facts[i - 1].Event is not Domain.Observations.CheckMissed
                    || facts[i - 2].Event is not Domain.Observations.CheckMissed
            )
            .Select(r =>
                $"  {World.Time.Local(r.At):dd HH:mm:ss} {r.By.Name, -14} {r.Stream[..Math.Min(18, r.Stream.Length)], -18} "
                + $"{EventTypeRegistry.Domain.NameOf(r.Event)} of {World.Time.Local(r.Event.OccurredAt):HH:mm:ss}: "
                + r.Event.Sentence(World.Time)
            );
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]+|zq[0-9]+x|[0-9]+|\"[^\"]*\"|: [^:]*note: .*|Seen at .*", RegexOptions.NonBacktracking)]
    private static partial Regex Particulars();
}
