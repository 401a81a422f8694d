using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Timeline;

/// <summary>Folds what is uneventful, and what repeats itself, so that what was unusual stands out.</summary>
public static class Lines
{
    /// <summary>
    /// What happened in one shift: first what changed in the patient and what was as usual, by time; then, each in one line, what was the
    /// same over and over.
    /// </summary>
    /// <param name="entries">Newest first.</param>
    public static IReadOnlyList<Line> Quiet(IReadOnlyList<Entry> entries)
    {
        var repeated = entries
            .GroupBy(RepeatedLine.Topic)
            .Where(same => same.Key is not null && same.Count() > 1)
            .Select(same => new RepeatedLine([.. same]))
            .ToList();
        var folded = repeated.SelectMany(line => line.Entries).ToHashSet();
        return [.. FromEntries(entries.Where(e => !folded.Contains(e))), .. repeated.OrderByDescending(line => line.To)];
    }

    /// <param name="entries">Newest first.</param>
    public static IReadOnlyList<Line> FromEntries(IEnumerable<Entry> entries)
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
