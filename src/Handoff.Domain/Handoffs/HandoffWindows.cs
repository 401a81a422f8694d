using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

public static class HandoffWindows
{
    public static string Words(this HandoffWindow window) =>
        window switch
        {
            HandoffWindow.Day => "24 h",
            HandoffWindow.ThreeDays => "72 h",
            HandoffWindow.Stay => "since admission",
            _ => "this shift",
        };

    /// <summary>
    /// From when on; null for the whole stay. The shift is the one that the giver works: the one that is on, or in its first hour the one
    /// before.
    /// </summary>
    public static DateTimeOffset? Since(this HandoffWindow window, Unit unit, DateTimeOffset now) =>
        window switch
        {
            HandoffWindow.Day => now.AddHours(-24),
            HandoffWindow.ThreeDays => now.AddHours(-72),
            HandoffWindow.Stay => null,
            _ => unit.ShiftAt(now.AddHours(-1))?.Starts ?? now.AddHours(-12),
        };
}
