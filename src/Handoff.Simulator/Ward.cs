using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary>What the script knows of the unit besides its board.</summary>
/// <param name="Beds">The unit's beds by name.</param>
/// <param name="Patients">How many patients the unit is meant to have; admissions fill up to it.</param>
public sealed record Ward(string Unit, UnitTime Time, IReadOnlyList<string> Beds, int Patients, ShiftChanges Changes);

/// <summary>
/// When shifts change, by the unit's clock on the wall: from <paramref name="Starts"/> on, every <paramref name="Length"/>.
/// </summary>
public sealed record ShiftChanges(TimeOnly Starts, TimeSpan Length)
{
    /// <summary>Reports are given, keys are handed over, and rounds slip.</summary>
    public static readonly TimeSpan Unrest = TimeSpan.FromMinutes(20);

    /// <summary>As the board's own shift tells; 07–15–23 where it tells none.</summary>
    public static ShiftChanges ForUnit(BoardUnit unit)
    {
        if (unit is not { ShiftStarts: { } starts, ShiftEnds: { } ends })
        {
            return new(new(7, 0), TimeSpan.FromHours(8));
        }

        // The wall's clock, not elapsed time: on the night the clocks change a shift is an hour longer or shorter.
        var length = TimeOnly.FromTimeSpan(ends.TimeOfDay) - TimeOnly.FromTimeSpan(starts.TimeOfDay);
        return new(TimeOnly.FromTimeSpan(starts.TimeOfDay), length > TimeSpan.Zero ? length : TimeSpan.FromHours(24));
    }

    /// <summary>The shift that is on at a local time, such as <c>2026-11-21T07:00</c>.</summary>
    public string On(DateTimeOffset local) => Begin(local).ToString("yyyy-MM-dd'T'HH:mm");

    /// <summary>Which shift of all shifts is on at a local time; the next one has the next number.</summary>
    public long Nth(DateTimeOffset local) => (Begin(local).Ticks - Starts.Ticks) / Length.Ticks;

    /// <summary>When the shift that is on at a local time began, by the clock on the wall.</summary>
    public DateTime Begin(DateTimeOffset local) => local.DateTime - Into(local);

    public bool IsUnrest(DateTimeOffset local) => Into(local) < Unrest || Length - Into(local) < Unrest;

    private TimeSpan Into(DateTimeOffset local) =>
        TimeSpan.FromTicks((TimeOnly.FromTimeSpan(local.TimeOfDay) - Starts).Ticks % Length.Ticks);
}
