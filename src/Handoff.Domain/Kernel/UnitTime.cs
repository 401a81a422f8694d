using System.Globalization;

namespace Handoff.Domain.Kernel;

/// <summary>A unit's own clock on the wall: instants are turned into its local times, never the other way round by guessing.</summary>
public sealed class UnitTime(TimeZoneInfo zone)
{
    public static readonly UnitTime Utc = new(TimeZoneInfo.Utc);

    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>The unit's time from an IANA name; UTC if this machine does not know the name.</summary>
    public static UnitTime In(string? zone) =>
        zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? new(found) : Utc;

    /// <summary>
    /// The same for an instant that was written with the unit's own offset; where the zone's name was not kept, the clock of that offset.
    /// </summary>
    public static UnitTime In(string? zone, DateTimeOffset written) =>
        zone is not null
            ? In(zone)
            : new(TimeZoneInfo.CreateCustomTimeZone(written.ToString("zzz", CultureInfo.InvariantCulture), written.Offset, null, null));

    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>
    /// 24-hour time, as on the ward: <c>07:05</c>; in the hour that comes twice with the zone's short name, <c>01:30 CDT</c> and then
    /// <c>01:30 CST</c>.
    /// </summary>
    public string Clock(DateTimeOffset instant) => Typed(instant) + After(instant);

    /// <summary>The same with seconds.</summary>
    public string ClockWithSeconds(DateTimeOffset instant) =>
        Local(instant).ToString("HH:mm:ss", CultureInfo.InvariantCulture) + After(instant);

    /// <summary>The time as somebody types it into a form, never with the zone's name.</summary>
    public string Typed(DateTimeOffset instant) => Typed(TimeOnly.FromDateTime(Local(instant).DateTime));

    /// <summary>A time of day that belongs to no day, as a shift's start does, and so is never one of two.</summary>
    public static string Typed(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>Sat 21 Nov</c>.</summary>
    public string Day(DateTimeOffset instant) => Local(instant).ToString("ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary><c>Sat 21 Nov 07:05</c>.</summary>
    public string DayAndClock(DateTimeOffset instant) => Day(instant) + " " + Clock(instant);

    /// <summary><c>Sat 07:05</c>.</summary>
    public string WeekdayAndClock(DateTimeOffset instant) => WeekdayAndClock(Local(instant), NameIfTwice(instant));

    /// <summary>The same of a local time whose zone is not at hand.</summary>
    /// <param name="name">What <see cref="NameIfTwice"/> said of it.</param>
    public static string WeekdayAndClock(DateTimeOffset local, string? name) =>
        local.ToString("ddd HH:mm", CultureInfo.InvariantCulture) + (name is null ? "" : " " + name);

    /// <summary>
    /// What the zone's time is called there and then, <c>CDT</c>, if the clock shows that time twice; null if it shows it once.
    /// </summary>
    public string? NameIfTwice(DateTimeOffset instant)
    {
        var local = Local(instant);
        return !Zone.IsAmbiguousTime(local.DateTime) ? null
            : ZoneNames.ForZone(Zone.Id) is not var (forward, back) ? local.ToString("'UTC'zzz", CultureInfo.InvariantCulture)
            : local.Offset == Zone.GetAmbiguousTimeOffsets(local.DateTime).Max() ? forward
            : back;
    }

    /// <summary>
    /// What the zone's time is called while the clocks are forward, and when they are back; null if it has no such names.
    /// </summary>
    public (string Forward, string Back)? Names => ZoneNames.ForZone(Zone.Id);

    /// <summary>
    /// The two instants at which the unit's clock shows a local time on the night on which the clocks go back; null if it shows it once, or
    /// never.
    /// </summary>
    public (DateTimeOffset First, DateTimeOffset Second)? Twice(DateTime local)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return Zone.IsAmbiguousTime(wall) && Zone.GetAmbiguousTimeOffsets(wall) is var offsets
            ? (new(wall, offsets.Max()), new(wall, offsets.Min()))
            : null;
    }

    /// <summary>Whether the unit's clock skips a local time, on the night on which the clocks go forward.</summary>
    public bool IsSkipped(DateTime local) => Zone.IsInvalidTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));

    private string After(DateTimeOffset instant) => NameIfTwice(instant) is { } name ? " " + name : "";

    /// <summary>
    /// The instant at which the unit's clock shows a local time. A time that the clock skips in spring is moved past the gap;
    /// a time that it shows twice in autumn is the first of the two.
    /// </summary>
    public DateTimeOffset Instant(DateTime local)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (Zone.IsInvalidTime(wall))
        {
            var before = Zone.GetUtcOffset(wall.AddHours(-3));
            return Local(new DateTimeOffset(wall, before));
        }

        return new DateTimeOffset(wall, Zone.IsAmbiguousTime(wall) ? Zone.GetAmbiguousTimeOffsets(wall).Max() : Zone.GetUtcOffset(wall));
    }

    /// <summary>Elapsed time in words: <c>4 min</c>, <c>3 h 05 min</c>.</summary>
    public static string Span(TimeSpan span) =>
        Math.Abs(span.TotalMinutes) < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Floor(span.TotalMinutes)} min")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {Math.Abs(span.Minutes):00} min");
}
