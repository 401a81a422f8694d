using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;

namespace Handoff.Web.Stays;

/// <summary>A line of what happened to a patient, at the moment it happened.</summary>
public abstract record StoryLine(DateTimeOffset At);

/// <summary>One entry, and the later one that says it was entered in error.</summary>
public sealed record Told(Recorded Entry, Recorded? Correction = null) : StoryLine(Entry.Event.OccurredAt);

/// <summary>Checks one after another in which nothing was unusual, the latest first.</summary>
public sealed record CalmRun(IReadOnlyList<Recorded> Checks) : StoryLine(Checks[0].Event.OccurredAt)
{
    public DateTimeOffset From => Checks[^1].Event.OccurredAt;

    /// <summary>Where and how, as far as it was the same all the time.</summary>
    public string Words => string.Join(" · ", new[]
    {
        $"{Checks.Count} checks",
        Same(check => check.Place),
        Same(check => check.IsAsleep ? "asleep, breathing seen" : "awake") ?? "nothing unusual",
    }.OfType<string>());

    private string? Same(Func<SafetyChecked, string> of) =>
        Checks.Select(check => of((SafetyChecked)check.Event)).Distinct().ToList() is [var one] ? one : null;
}

/// <summary>What happened during one stay, the latest first, told so that what was unusual stands out.</summary>
public static class Story
{
    /// <summary>Fewer than this are told one by one.</summary>
    private const int ShortestRun = 3;

    /// <param name="events">Every event of the stay, in any order.</param>
    public static List<StoryLine> Of(IEnumerable<Recorded> events)
    {
        var all = events.OrderByDescending(entry => entry.Event.OccurredAt).ThenByDescending(entry => entry.At).ToList();
        var corrections = all.Where(entry => InError(entry.Event) is not null).ToLookup(entry => InError(entry.Event)!.Value);
        var entries = all.Select(entry => entry.Id).ToHashSet();
        return Fold(all
            .Where(entry => entry.Event is not (StatusPlaced or StatusClosed) && !(InError(entry.Event) is { } error && entries.Contains(error)))
            .Select(entry => new Told(entry, corrections[entry.Id].FirstOrDefault())));
    }

    private static Guid? InError(Event happened) => happened switch
    {
        CheckEnteredInError e => e.Check,
        StatusEntryTakenBack e => e.Entry,
        _ => null,
    };

    private static List<StoryLine> Fold(IEnumerable<Told> told)
    {
        var lines = new List<StoryLine>();
        var run = new List<Told>();
        foreach (var line in told)
        {
            if (run.Count > 0 && !(IsCalm(line) && IsSoonBefore(line, run[^1])))
            {
                lines.AddRange(End(run));
            }

            if (IsCalm(line))
            {
                run.Add(line);
            }
            else
            {
                lines.Add(line);
            }
        }

        return [.. lines, .. End(run)];
    }

    private static List<StoryLine> End(List<Told> run)
    {
        List<StoryLine> ended = run.Count < ShortestRun ? [.. run] : [new CalmRun([.. run.Select(line => line.Entry)])];
        run.Clear();
        return ended;
    }

    private static bool IsCalm(Told line) => line is { Correction: null, Entry: { IsLate: false, Event: SafetyChecked { Remark: null, BreathingSeen: not false } check } } && IsCalm(check.Activity);

    private static bool IsCalm(Activity? activity) =>
        activity is not (Activity.Pacing or Activity.Restless or Activity.Agitated or Activity.Tearful or Activity.Withdrawn or Activity.Other);

    // A gap that was too long breaks the run: each check says by when the next one had to follow. So does midnight.
    private static bool IsSoonBefore(Told earlier, Told later) =>
        later.At <= ((SafetyChecked)earlier.Entry.Event).Due.Limit && earlier.At.Date == later.At.Date;
}
