namespace Handoff.Web.Stays;

/// <summary>A bed that nobody lies in, or a unit without a bed chosen yet.</summary>
public sealed record FreeBed(string Unit, string UnitName, string? Bed)
{
    /// <summary>As forms send it: <c>2-west/204A</c>.</summary>
    public string Value => $"{Unit}/{Bed}";

    public string Words => Bed is null ? $"{UnitName}, no bed yet" : $"{UnitName} · {Bed}";
}
