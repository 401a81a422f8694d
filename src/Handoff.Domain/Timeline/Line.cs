using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Timeline;

/// <summary>A line of the timeline.</summary>
public abstract record Line;

public sealed record SingleLine(Entry Entry) : Line;

/// <summary>Checks one after another in which nothing was unusual, newest first.</summary>
public sealed record CheckRun(IReadOnlyList<Entry> Checks) : Line
{
    /// <summary>Fewer than this are told one by one.</summary>
    public const int Shortest = 3;

    /// <summary>The run's own id: that of its oldest check, which stays the same while the run grows.</summary>
    public Guid Id => Checks[^1].Id;

    public DateTimeOffset From => Checks[^1].At;

    public DateTimeOffset To => Checks[0].At;

    /// <summary>The longest time between two of them.</summary>
    public TimeSpan LongestGap => Checks.Zip(Checks.Skip(1), (later, earlier) => later.At - earlier.At).Max();

    /// <summary>Where and how, as far as it was the same all the time: <c>12 checks, all asleep, Room, longest gap 14 min</c>.</summary>
    public string Words =>
        string.Join(
            ", ",
            new[]
            {
                $"{Checks.Count} checks",
                Same(c => c.IsAsleep) switch
                {
                    true => "all asleep",
                    false => "all awake",
                    null => "nothing unusual",
                },
                Place,
                $"longest gap {UnitTime.Span(LongestGap)}",
            }.OfType<string>()
        );

    private string? Place => Checks.Select(c => ((SafetyChecked)c.Event).Place).Distinct().Take(2).ToList() is [var one] ? one : null;

    private bool? Same(Func<SafetyChecked, bool> of) =>
        Checks.Select(c => of((SafetyChecked)c.Event)).Distinct().ToList() is [var one] ? one : null;
}

/// <summary>The same over and over, such as limits that passed without a check, newest first: how many there were, the worst, and the last.</summary>
public sealed record RepeatedLine(IReadOnlyList<Entry> Entries) : Line
{
    /// <summary>The line's own id: that of its oldest entry, which stays the same while the line grows.</summary>
    public Guid Id => Entries[^1].Id;

    public DateTimeOffset From => Entries[^1].At;

    public DateTimeOffset To => Entries[0].At;

    /// <summary>How much the gravest of them stands out.</summary>
    public Gravity Gravity => Entries.Max(e => e.Event.Gravity());

    /// <summary><c>4 limits passed without a check, at worst 41 min, the last at 03:12</c>.</summary>
    public string Words(UnitTime time) =>
        $"{Entries.Count} {Bearing(Entries[0])!.Many}{(Entries.Max(e => Bearing(e)!.Extent) is { } worst ? $", at worst {UnitTime.Span(worst)}" : "")}, the last at {time.Clock(To)}";

    /// <summary>The topic under which an entry is told together with others of its kind; null for what is told by itself: also whatever somebody amended, pinned or entered late.</summary>
    public static string? Topic(Entry entry) =>
        entry is { Amendments: [], Beside: [], Pin: null, IsStruck: false, IsLate: false }
        && Bearing(entry) is { Weight: Weight.Counted, Many: not null, Topic: { } topic }
            ? topic
            : null;

    // The words are told of the entry itself; what it counts for is the same on every clock.
    private static Bearing? Bearing(Entry entry) => entry.Event.ForHandoff(UnitTime.Utc);
}

/// <summary>Folds what is uneventful, and what repeats itself, so that what was unusual stands out.</summary>
public static class Lines
{
    /// <summary>What happened in one shift: first what changed in the patient and what was as usual, by time; then, each in one line, what was the same over and over.</summary>
    /// <param name="entries">Newest first.</param>
    public static IReadOnlyList<Line> Quiet(IReadOnlyList<Entry> entries)
    {
        var repeated = entries
            .GroupBy(RepeatedLine.Topic)
            .Where(same => same.Key is not null && same.Count() > 1)
            .Select(same => new RepeatedLine([.. same]))
            .ToList();
        var folded = repeated.SelectMany(line => line.Entries).ToHashSet();
        return [.. Of(entries.Where(e => !folded.Contains(e))), .. repeated.OrderByDescending(line => line.To)];
    }

    /// <param name="entries">Newest first.</param>
    public static IReadOnlyList<Line> Of(IEnumerable<Entry> entries)
    {
        var lines = new List<Line>();
        var run = new List<Entry>();
        foreach (var entry in entries)
        {
            if (run.Count > 0 && !(IsCalm(entry) && IsSoonBefore(entry, run[^1])))
            {
                End(run, lines);
            }

            (IsCalm(entry) ? run.Add : (Action<Entry>)(one => lines.Add(new SingleLine(one))))(entry);
        }

        End(run, lines);
        return lines;
    }

    private static void End(List<Entry> run, List<Line> lines)
    {
        lines.AddRange(run.Count < CheckRun.Shortest ? run.Select(e => new SingleLine(e)) : [new CheckRun([.. run])]);
        run.Clear();
    }

    private static bool IsCalm(Entry entry) =>
        entry
            is {
                Amendments: [],
                Beside: [],
                Pin: null,
                IsLate: false,
                Event: SafetyChecked { Remark: null, IsSighting: true, WhileAway: false, EnteredWith: null } check
            }
        && IsCalm(check.Activity);

    private static bool IsCalm(Activity? activity) =>
        activity
            is not (Activity.Pacing or Activity.Restless or Activity.Agitated or Activity.Tearful or Activity.Withdrawn or Activity.Other);

    // A gap that was too long breaks the run: each check says by when the next one had to follow.
    private static bool IsSoonBefore(Entry earlier, Entry later) => later.At <= ((SafetyChecked)earlier.Event).Due.Limit;
}
