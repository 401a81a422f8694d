using Handoff.Web.Layout;

namespace Handoff.Web.Groups;

/// <summary>Addresses of a unit's groups.</summary>
public static class GroupPaths
{
    public static string ForUnit(string unit) => Paths.Groups(unit);

    public static string OnDay(string unit, DateOnly day) => $"{ForUnit(unit)}?day={day:yyyy-MM-dd}";

    public static string New(string unit, DateOnly day) => $"{ForUnit(unit)}/new?day={day:yyyy-MM-dd}";

    public static string Session(string unit, Guid session) => $"{ForUnit(unit)}/{session}";

    /// <summary><c>start</c>, <c>end</c> or <c>cancel</c>.</summary>
    public static string Session(string unit, Guid session, string act) => $"{ForUnit(unit)}/{session}/{act}";
}

/// <summary>The names of a grid's fields; refusals of the domain name them alike.</summary>
public static class RosterField
{
    public static string Name(Guid stay, string field) => $"rows.{stay}.{field}";
}
