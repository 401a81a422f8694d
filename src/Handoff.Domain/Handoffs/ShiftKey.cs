using System.Globalization;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>A shift's key: the unit, the date on which it starts and its name, such as <c>2-west.2026-11-21.night</c>.</summary>
public static class ShiftKey
{
    public static string ForShift(string unit, DatedShift shift) =>
        string.Join('.', unit, shift.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Slug(shift.Name));

    /// <summary>The unit that a key names; null if it could be no shift's key.</summary>
    public static string? Unit(string? key) =>
        key?.Split('.') is [var unit, { Length: 10 }, { Length: > 0 }] && Units.Unit.IsId(unit) ? unit : null;

    /// <summary>The streams that a key's shift is decided on; none if it could be no shift's key.</summary>
    public static IEnumerable<string> NeedsUnit(string? key) => Unit(key) is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    /// <summary>The shift as the unit's pattern dates it; null if its pattern has no such shift.</summary>
    public static DatedShift? In(this Unit unit, string? key) =>
        key?.Split('.') is [var id, var day, var name]
        && id == unit.Id
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is > 1990 and < 2200
        && unit.Shifts.FirstOrDefault(s => Slug(s.Name) == name) is { } shift
            ? shift.OnDate(date, unit.Time())
            : null;

    /// <summary>The shift that follows: the first of the pattern to start when this one ends, else the next that starts after.</summary>
    public static DatedShift? After(this Unit unit, DatedShift shift)
    {
        var (time, day) = (unit.Time(), DateOnly.FromDateTime(unit.Time().Local(shift.Ends).DateTime));
        return unit
            .Shifts.SelectMany(s => new[] { s.OnDate(day, time), s.OnDate(day.AddDays(1), time) })
            .Where(s => s.Starts >= shift.Ends)
            .MinBy(s => s.Starts);
    }

    private static string Slug(string name) => string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
}
