using System.Globalization;
using System.Net;
using System.Text;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;
using Handoff.Web.Layout;

namespace Handoff.Web.Timeline;

/// <summary>
/// Draws lanes as SVG. Across it counts in percent, so that words keep their size on any screen; down it counts in pixels.
/// </summary>
public static class Drawing
{
    /// <summary>How high a lane is where the drawing is the page, and where it stands above something else.</summary>
    public const int Tall = 58,
        Low = 44;

    private const int Top = 20,
        Name = 18,
        Below = 8;

    /// <summary>Every mark is a link to its event; a table beside the drawing says the same.</summary>
    /// <param name="label">What a screen reader says of it.</param>
    public static string Describe(
        Chart chart,
        PageContext frame,
        Guid stay,
        string label = "Lanes; the tables below say the same",
        int laneHeight = Tall
    )
    {
        var height = Top + chart.Lanes.Count * laneHeight + 4;
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"lanes-svg\" width=\"100%\" height=\"{height}\" role=\"group\" aria-label=\"{label}\" "
                + $"data-from=\"{chart.From:O}\" data-to=\"{chart.To:O}\" data-top=\"{Top}\">"
        );
        Shifts(svg, chart, frame.Time, height);
        foreach (var (index, lane) in chart.Lanes.Index())
        {
            Draw(svg, chart, lane, Top + index * laneHeight, laneHeight - Name - Below, frame, stay);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void Shifts(StringBuilder svg, Chart chart, UnitTime time, int height)
    {
        var isLong = chart.Shifts.Count > 12;
        var days = Math.Max(1, (int)Math.Ceiling((chart.To - chart.From).TotalDays / 8));
        var day = 0;
        foreach (var shift in chart.Shifts)
        {
            var local = time.Local(shift.Starts);
            var (x, width) = Span(chart, shift.Starts, shift.Ends);
            var isNight = shift.Ends.Day != shift.Starts.Day || time.Local(shift.Ends).Hour is > 0 and < 9;
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"{(isNight ? "lanes-night" : "lanes-shift")}\" x=\"{x}\" width=\"{width}\" y=\"{Top}\" "
                    + $"height=\"{height - Top}\"/>"
            );
            var isFirstOfDay = !isNight && local.Hour < 12;
            if (
                shift.Starts >= chart.From
                && chart.Share(shift.Starts) < (isLong ? 0.94 : 0.85)
                && (isLong ? isFirstOfDay && day++ % days == 0 : true)
            )
            {
                var words = isLong ? local.ToString("d MMM", CultureInfo.InvariantCulture) : $"{shift.Name} {time.Clock(shift.Starts)}";
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<text class=\"lanes-time\" x=\"{x}\" " + $"y=\"14\">{WebUtility.HtmlEncode(words)}</text>"
                );
            }
        }
    }

    private static void Draw(StringBuilder svg, Chart chart, Lane lane, int top, int bar, PageContext frame, Guid stay)
    {
        var time = frame.Time;
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<line class=\"lanes-rule\" x1=\"0\" x2=\"100%\" y1=\"{top + Name + bar}\" y2=\"{top + Name + bar}\"/>"
        );
        foreach (var mark in lane.Marks)
        {
            var words = WebUtility.HtmlEncode(
                $"{lane.Name}, {time.DayAndClock(mark.From)}{(mark.To is { } to ? "–" + time.DayAndClock(to) : "")}: {mark.Words}"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<a href=\"{frame.At(TimelineLink.To(stay, mark.Entry))}\" data-entry=\"{mark.Entry}\" "
                    + $"aria-label=\"{words}\"><title>{words}</title>"
            );
            Shape(svg, chart, lane, mark, top + Name, bar);
            svg.Append("</a>");
        }

        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"lanes-name\" x=\"4\" y=\"{top + 14}\">{WebUtility.HtmlEncode(lane.Name)}</text>"
        );
    }

    private static void Shape(StringBuilder svg, Chart chart, Lane lane, Mark mark, int top, int bar)
    {
        var up = bar * mark.Value / lane.Most;
        if (mark.To is { } end)
        {
            var (x, width) = Span(chart, mark.From, end);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"{(mark.IsUnknown ? "lanes-unknown" : "lanes-bar")}\" x=\"{x}\" width=\"{width}\" "
                    + $"y=\"{top + bar - up:0.#}\" height=\"{up:0.#}\"/>"
            );
        }
        else
        {
            var x = Percent(chart.Share(mark.From));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"lanes-stem\" x1=\"{x}\" x2=\"{x}\" y1=\"{top + bar}\" y2=\"{top + bar - up:0.#}\"/><circle "
                    + $"class=\"lanes-point\" cx=\"{x}\" cy=\"{top + bar - up:0.#}\" r=\"5\"/>"
            );
        }
    }

    private static (string X, string Width) Span(Chart chart, DateTimeOffset from, DateTimeOffset to) =>
        (Percent(chart.Share(from)), Percent(Math.Max(chart.Share(to) - chart.Share(from), 0.001)));

    private static string Percent(double share) => share.ToString("0.###%", CultureInfo.InvariantCulture);
}
