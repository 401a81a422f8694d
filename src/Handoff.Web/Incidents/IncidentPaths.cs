namespace Handoff.Web.Incidents;

/// <summary>The addresses of incidents.</summary>
public static class IncidentPaths
{
    public static string On(string unit) => $"/units/{unit}/incidents";

    /// <summary>The form that opens one, with a patient already chosen.</summary>
    public static string New(string unit, Guid? stay = null) => $"{On(unit)}/new{(stay is { } id ? $"?stay={id}" : "")}";

    public static string ForIncident(string unit, Guid incident) => $"{On(unit)}/{incident}";

    /// <summary>The form of one kind of step: <c>signs</c>, <c>attempt</c>, <c>code</c> …</summary>
    public static string Act(string unit, Guid incident, string act) => $"{ForIncident(unit, incident)}/{act}";

    /// <summary>The same for one patient.</summary>
    public static string Act(string unit, Guid incident, string act, Guid stay) => $"{Act(unit, incident, act)}?stay={stay}";

    /// <summary>The form that corrects one step.</summary>
    public static string Step(string unit, Guid incident, Guid step) => $"{ForIncident(unit, incident)}/steps/{step}";

    /// <summary>What goes on now, for a board; without the page around it.</summary>
    public static string Banners(string unit) => $"{On(unit)}/now";

    /// <summary>The same for a wall display.</summary>
    public static string WallBanners(string unit) => $"/units/{unit}/wall/incidents";
}
