using System.Globalization;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

/// <summary>One lane in two spans of time, as figures.</summary>
/// <param name="Before">The span before, in words such as <c>6.5 h a day</c>; null if nothing was recorded in it.</param>
public sealed record Figure(string Lane, string? Before, string? Now);

/// <summary>Compares a span of time with the one before it, which is as long.</summary>
public static class Figures
{
    public static IReadOnlyList<Figure> FromHistory(History history, DateTimeOffset to, TimeSpan span, Unit unit)
    {
        var (now, before) = (Chart.FromHistory(history, to - span, to, unit), Chart.FromHistory(history, to - 2 * span, to - span, unit));
        var first = history.Entries is [.., var oldest] ? oldest.At : to;
        return [.. now.Lanes.Zip(before.Lanes, (n, b) => new Figure(n.Name, Words(b, before, first), Words(n, now, first)))];
    }

    // Spans are measured, points counted: a lane of spans that is always high is a level, one that comes and goes is sleep.
    private static string? Words(Lane lane, Chart chart, DateTimeOffset first)
    {
        List<Mark> marks = [.. lane.Marks.Where(m => m.From < chart.To && (m.To ?? m.From) >= chart.From)];
        return marks switch
        {
            [] => null,
            _ when marks[0].To is not null && lane.Most == 1 && IsAllUnknown(marks, chart, first) => "not known",
            _ when marks[0].To is not null && lane.Most == 1 => Said(
                $"{Hours(marks.Where(m => !m.IsUnknown), chart) / Days(chart, first):0.0} h a day{Unknown(marks, chart, first)}"
            ),
            _ when marks[0].To is not null => $"highest {marks.MaxBy(m => m.Value)!.Words}",
            _ when lane.Most == 1 => Said($"{marks.Count}"),
            _ => Said(
                $"{marks.Average(m => m.Value):0.#} of {lane.Most:0} on average, {marks.Count} {(marks.Count == 1 ? "entry" : "entries")}"
            ),
        };
    }

    // What is not known is said, so that little is not taken for what was seen.
    private static string Unknown(List<Mark> marks, Chart chart, DateTimeOffset first) =>
        Hours(marks.Where(m => m.IsUnknown), chart) / Days(chart, first) is >= 0.05 and var hours
            ? Said($", {hours:0.0} h a day not known")
            : "";

    private static bool IsAllUnknown(List<Mark> marks, Chart chart, DateTimeOffset first) =>
        Hours(marks.Where(m => m.IsUnknown), chart) / Days(chart, first) > 23.9;

    private static double Hours(IEnumerable<Mark> marks, Chart chart) => marks.Sum(m => Overlap(m, chart).TotalHours);

    // Who came in the middle of a week slept in half of it.
    private static double Days(Chart chart, DateTimeOffset first) =>
        Math.Max(1, (chart.To - (first > chart.From ? first : chart.From)).TotalDays);

    private static TimeSpan Overlap(Mark mark, Chart chart) =>
        (mark.To!.Value < chart.To ? mark.To.Value : chart.To) - (mark.From > chart.From ? mark.From : chart.From);

    private static string Said(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
