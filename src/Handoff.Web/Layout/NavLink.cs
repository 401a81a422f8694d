using Handoff.Domain.Access;

namespace Handoff.Web.Layout;

/// <summary>Where a link stands: in the bar, in the viewer's menu, or also on the pages that set the facility up.</summary>
public enum NavWhere
{
    Daily,
    Seldom,
    Facility,
}

/// <summary>Ways to go that a slice declares. All implementations are found.</summary>
internal interface INavLinks
{
    IEnumerable<NavLink> Links { get; }
}

/// <summary>One way to go.</summary>
/// <param name="Place">Its order among the others, lowest first.</param>
/// <param name="Path">Its address on the viewer's unit; null where there is no such unit.</param>
/// <param name="Needs">Who has not got it is not shown the link.</param>
public sealed record NavLink(int Place, NavWhere Where, string Words, Func<PageContext, string?> Path, string Icon, Permission Needs)
{
    /// <summary>So many have room on a phone; the others stand in the viewer's menu there.</summary>
    public const int OnPhone = 5;

    private static readonly List<NavLink> All = [.. Found.All<INavLinks>().SelectMany(slice => slice.Links).OrderBy(link => link.Place)];

    /// <summary>Whether this viewer goes there all day; as <see cref="Where"/> says if null.</summary>
    public Func<PageContext, bool>? IsDaily { get; init; }

    /// <summary>A link to a page of a unit.</summary>
    public static NavLink OfUnit(int place, NavWhere where, string words, Func<string, string> path, string icon, Permission needs) =>
        new(place, where, words, frame => frame.Place is { } here ? path(here.Unit) : null, icon, needs);

    /// <summary>What a manager sets up for the facility as a whole.</summary>
    public static IEnumerable<NavLink> OfFacility(PageContext frame) => Shown(frame).Where(link => link.Where == NavWhere.Facility);

    /// <summary>Where this viewer goes all day.</summary>
    public static IEnumerable<NavLink> Daily(PageContext frame) => Shown(frame).Where(link => link.IsOften(frame));

    /// <summary>Where this viewer goes now and then.</summary>
    public static IEnumerable<NavLink> Seldom(PageContext frame) => Shown(frame).Where(link => !link.IsOften(frame));

    public bool IsCurrent(PageContext frame) =>
        Path(frame) is { } path
        && (frame.Path == path || (path != Paths.Overview && frame.Path.StartsWith(path + "/", StringComparison.Ordinal)));

    private bool IsOften(PageContext frame) => IsDaily?.Invoke(frame) ?? Where == NavWhere.Daily;

    private static IEnumerable<NavLink> Shown(PageContext frame) =>
        All.Where(link => frame.May(link.Needs) && link.Path(frame) is not null);
}
