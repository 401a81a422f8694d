using System.Globalization;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>One shift of the day: its name and when it starts and ends on the unit's clock. It may cross midnight.</summary>
public sealed record ShiftTime(string Name, TimeOnly Starts, TimeOnly Ends);

/// <summary>A dated shift: when it really starts and ends. On the night the clocks change it lasts an hour more or less.</summary>
public sealed record DatedShift(string Name, DateOnly Date, DateTimeOffset Starts, DateTimeOffset Ends)
{
    /// <summary>As it stands in every event's envelope: <c>2026-11-21 Night</c>.</summary>
    public string Id => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " " + Name;

    public TimeSpan Length => Ends - Starts;
}

/// <summary>The shifts of a unit's day. Patterns of different length may stand side by side.</summary>
public static class ShiftPattern
{
    public static readonly IReadOnlyList<ShiftTime> EightHours =
    [
        new("Day", new(7, 0), new(15, 0)),
        new("Evening", new(15, 0), new(23, 0)),
        new("Night", new(23, 0), new(7, 0)),
    ];

    public static readonly IReadOnlyList<ShiftTime> TwelveHours = [new("Day", new(7, 0), new(19, 0)), new("Night", new(19, 0), new(7, 0))];

    /// <summary>Twelve-hour nurses beside eight-hour technicians, as many units run.</summary>
    public static readonly IReadOnlyList<ShiftTime> Mixed =
    [
        .. EightHours,
        new("Long day", new(8, 0), new(20, 0)),
        new("Long night", new(20, 0), new(8, 0)),
    ];

    /// <summary>Every shift that is on at an instant, in the pattern's order.</summary>
    public static IEnumerable<DatedShift> On(this IReadOnlyList<ShiftTime> pattern, DateTimeOffset instant, UnitTime time)
    {
        var today = DateOnly.FromDateTime(time.Local(instant).DateTime);
        return from shift in pattern
            from date in new[] { today.AddDays(-1), today }
            let dated = shift.OnDate(date, time)
            where dated.Starts <= instant && instant < dated.Ends
            select dated;
    }

    /// <summary>The shift as it falls on a date.</summary>
    public static DatedShift OnDate(this ShiftTime shift, DateOnly date, UnitTime time)
    {
        var ends = shift.Ends > shift.Starts ? date : date.AddDays(1);
        return new(shift.Name, date, time.Instant(date.ToDateTime(shift.Starts)), time.Instant(ends.ToDateTime(shift.Ends)));
    }
}
