using System.Runtime.InteropServices;
using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>How much of a time the sender knew.</summary>
public enum TimePrecision
{
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Fraction,
}

/// <summary>
/// An HL7 time, <c>YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]</c>, with the first instant that it can mean and its precision.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Hl7Time(DateTimeOffset At, TimePrecision Precision)
{
    public DateOnly Date => DateOnly.FromDateTime(At.DateTime);

    /// <summary>
    /// Reads a time. Without its own offset it is a wall clock's in <paramref name="zone"/>: an hour that the clock shows twice in
    /// autumn is the first of the two, so that a gap is measured too long rather than too short; an hour that it skips in spring
    /// counts on from before the change (02:30 is 03:30).
    /// </summary>
    public static bool TryRead(string text, TimeZoneInfo zone, out Hl7Time time)
    {
        time = default;
        var (digits, offset) = Split(text.Trim());
        if (!TryClock(digits, out var clock, out var precision) || !TryOffset(offset, clock, zone, out var shift))
        {
            return false;
        }

        time = new(new(clock, shift), precision);
        return true;
    }

    private static (string Digits, string Offset) Split(string text) =>
        text.IndexOfAny(['+', '-']) is >= 0 and var sign ? (text[..sign].TrimEnd(), text[sign..]) : (text, "");

    private static bool TryClock(string text, out DateTime clock, out TimePrecision precision)
    {
        (clock, precision) = (default, default);
        var (whole, fraction) = text.Split('.', 2) is [var before, var after] ? (before, after) : (text, null);
        if (!whole.All(char.IsAsciiDigit) || whole.Length is < 4 or > 14 || whole.Length % 2 != 0)
        {
            return false;
        }

        if (fraction is not null && (whole.Length != 14 || fraction.Length is < 1 or > 6 || !fraction.All(char.IsAsciiDigit)))
        {
            return false;
        }

        int Part(int start, int absent) => whole.Length > start ? int.Parse(whole.AsSpan(start, 2)) : absent;
        var (year, month, day) = (int.Parse(whole.AsSpan(0, 4)), Part(4, 1), Part(6, 1));
        var (hour, minute, second) = (Part(8, 0), Part(10, 0), Part(12, 0));
        // The first and the last year are left out: shifted by an offset they would fall off the calendar.
        if (year is < 2 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        if (hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        clock = new DateTime(year, month, day, hour, minute, second).AddTicks(Ticks(fraction));
        precision = fraction is not null ? TimePrecision.Fraction : (TimePrecision)(whole.Length / 2 - 2);
        return true;
    }

    private static long Ticks(string? fraction) => fraction is null ? 0 : long.Parse(fraction.PadRight(7, '0'));

    private static bool TryOffset(string text, DateTime clock, TimeZoneInfo zone, out TimeSpan offset)
    {
        offset = default;
        if (text.Length == 0)
        {
            offset = OffsetOf(clock, zone);
            return true;
        }
        if (text.Length != 5 || !text.Skip(1).All(char.IsAsciiDigit))
        {
            return false;
        }

        var (hours, minutes) = (int.Parse(text.AsSpan(1, 2)), int.Parse(text.AsSpan(3, 2)));
        if (minutes > 59 || hours * 60 + minutes > 14 * 60)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static TimeSpan OffsetOf(DateTime clock, TimeZoneInfo zone) =>
        zone.IsAmbiguousTime(clock) ? zone.GetAmbiguousTimeOffsets(clock).Max()
        : zone.IsInvalidTime(clock) ? zone.GetUtcOffset(clock.AddDays(-1))
        : zone.GetUtcOffset(clock);
}
