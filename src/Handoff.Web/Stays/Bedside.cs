using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Web.Stays;

/// <summary>One patient as a page about them needs to know: the stay, how they are observed, and the unit where they are.</summary>
public sealed record Bedside(Stay Stay, Rounding Rounding, Unit Unit)
{
    /// <summary>
    /// Where the log ended before any of this was read. A page with a part that is older than it says would never be loaded again.
    /// </summary>
    public long Version { get; init; }

    /// <summary>How the patient is.</summary>
    public PatientStatus Status { get; init; } = new();

    public string Name => Stay.Patient.Name();

    public string? Bed => Stay.Where()?.Bed;

    /// <summary>Whether somebody is asked to look at the patient now and then.</summary>
    public bool IsObserved => Stay.IsHere() && Rounding.IsRunning();
}

/// <summary>A bed that nobody lies in, or a unit without a bed chosen yet.</summary>
public sealed record FreeBed(string Unit, string UnitName, string? Bed)
{
    /// <summary>As forms send it: <c>2-west/204A</c>.</summary>
    public string Value => $"{Unit}/{Bed}";

    public string Words => Bed is null ? $"{UnitName}, no bed yet" : $"{UnitName} · {Bed}";
}
