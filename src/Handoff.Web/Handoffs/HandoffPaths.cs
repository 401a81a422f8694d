using Handoff.Domain.Handoffs;
using Handoff.Web.Layout;

namespace Handoff.Web.Handoffs;

/// <summary>Where a handoff is read.</summary>
public static class HandoffPaths
{
    /// <summary>A unit's handoff, opened at a patient, over a window.</summary>
    public static string ForStay(string unit, Guid stay, HandoffWindow window) =>
        Paths.Handoff(unit, stay) + (window == HandoffWindow.Shift ? "" : $"&window={window}");
}
