using System.Globalization;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

/// <summary>
/// A meeting's key: the unit and the day on its own clock, such as <c>2-west.2026-11-22</c>. Opened twice on a day, it is one meeting.
/// </summary>
public static class MeetingKey
{
    private const string Date = "yyyy-MM-dd";

    public static string ForDay(string unit, DateOnly day) => $"{unit}.{day.ToString(Date, CultureInfo.InvariantCulture)}";

    public static DateOnly Today(Unit unit, DateTimeOffset now) => DateOnly.FromDateTime(unit.Time().Local(now).DateTime);

    /// <summary>The unit that a key names; null if it could be no meeting's key.</summary>
    public static string? Unit(string? key) => Day(key) is null ? null : key!.Split('.')[0];

    /// <summary>The day that a key names; null if it could be no meeting's key.</summary>
    public static DateOnly? Day(string? key) =>
        key?.Split('.') is [var unit, { Length: 10 } day]
        && Units.Unit.IsId(unit)
        && DateOnly.TryParseExact(day, Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>The streams that a key's meeting is decided on; none if it could be no meeting's key.</summary>
    public static IEnumerable<string> NeedsUnit(string? key) => Unit(key) is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    public static IEnumerable<string> NeedsMeeting(string? key) =>
        Day(key) is not null ? [StreamId.For(StateKind<Meeting>.Name, key!)] : [];
}
