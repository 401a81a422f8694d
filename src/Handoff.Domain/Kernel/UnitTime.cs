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

    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>24-hour time, as on the ward: <c>07:05</c>.</summary>
    public string Clock(DateTimeOffset instant) => Local(instant).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>Sat 21 Nov</c>.</summary>
    public string Day(DateTimeOffset instant) => Local(instant).ToString("ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary><c>Sat 21 Nov 07:05</c>.</summary>
    public string DayAndClock(DateTimeOffset instant) => Day(instant) + " " + Clock(instant);

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
    public static string Span(TimeSpan span) => Math.Abs(span.TotalMinutes) < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Floor(span.TotalMinutes)} min")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {Math.Abs(span.Minutes):00} min");
}
