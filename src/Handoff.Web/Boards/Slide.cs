using System.Globalization;
using Handoff.Domain.Units;

namespace Handoff.Web.Boards;

/// <summary>The span that a slider goes through, with the changes of shift in it.</summary>
/// <param name="Step">Minutes from one place of the slider to the next.</param>
/// <param name="Changes">When each shift begins, oldest first.</param>
public sealed record Slide(DateTimeOffset From, DateTimeOffset To, int Step, IReadOnlyList<DatedShift> Changes)
{
    public int Days => (int)Math.Round((To - From).TotalDays);

    public int Minutes => (int)(To - From).TotalMinutes;

    /// <summary>What keeps the span in a link that has a query already.</summary>
    public string Query => Days > 1 ? string.Create(CultureInfo.InvariantCulture, $"&days={Days}") : "";

    /// <summary>So many days with the instant in them: up to now, or around it if it was before.</summary>
    public static Slide Over(int days, DateTimeOffset at, DateTimeOffset now, Unit unit)
    {
        var to = at > now.AddDays(-days) ? now : at.AddDays(days / 2.0);
        var from = to.AddDays(-days);
        return new(from, to, days > 1 ? 30 : 5, [.. Changed(from, to, unit)]);
    }

    public int Minute(DateTimeOffset at) => (int)Math.Clamp((at - From).TotalMinutes, 0, Minutes);

    // Shifts that overlap would hide each other; those that stand first in the pattern are told.
    private static IEnumerable<DatedShift> Changed(DateTimeOffset from, DateTimeOffset to, Unit unit)
    {
        for (
            var shift = unit.ShiftAt(from);
            shift is not null && shift.Ends < to && shift.Ends > shift.Starts;
            shift = unit.ShiftAt(shift.Ends)
        )
        {
            if (unit.ShiftAt(shift.Ends) is { } next)
            {
                yield return next;
            }
        }
    }
}
