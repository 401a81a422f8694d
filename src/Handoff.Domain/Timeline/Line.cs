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
    public string Words => string.Join(", ", new[]
    {
        $"{Checks.Count} checks",
        Same(c => c.IsAsleep) switch { true => "all asleep", false => "all awake", null => "nothing unusual" },
        Place,
        $"longest gap {UnitTime.Span(LongestGap)}",
    }.OfType<string>());

    private string? Place => Checks.Select(c => ((SafetyChecked)c.Event).Place).Distinct().Take(2).ToList() is [var one] ? one : null;

    private bool? Same(Func<SafetyChecked, bool> of) => Checks.Select(c => of((SafetyChecked)c.Event)).Distinct().ToList() is [var one] ? one : null;
}

/// <summary>Folds what is uneventful, so that what was unusual stands out.</summary>
public static class Lines
{
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
        entry is { Amendments: [], Beside: [], Pin: null, IsLate: false, Event: SafetyChecked { Remark: null, IsSighting: true, WhileAway: false, EnteredWith: null } check } && IsCalm(check.Activity);

    private static bool IsCalm(Activity? activity) =>
        activity is not (Activity.Pacing or Activity.Restless or Activity.Agitated or Activity.Tearful or Activity.Withdrawn or Activity.Other);

    // A gap that was too long breaks the run: each check says by when the next one had to follow.
    private static bool IsSoonBefore(Entry earlier, Entry later) => later.At <= ((SafetyChecked)earlier.Event).Due.Limit;
}
