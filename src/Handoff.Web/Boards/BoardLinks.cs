using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Boards;

/// <summary>Where boards are.</summary>
internal sealed class BoardLinks : INavLinks
{
    public IEnumerable<NavLink> Links =>
        [
            NavLink.OfUnit(10, NavWhere.Daily, "Board", Paths.Board, "board", Permission.ReadBoard),
            NavLink.OfUnit(20, NavWhere.Daily, "Mine", unit => Paths.Mine(unit), "patient", Permission.HandOver),
            new(70, NavWhere.Daily, "Overview", _ => Paths.Overview, "overview", Permission.ReadBoard),
            NavLink.OfUnit(120, NavWhere.Seldom, "Wall display", Paths.Wall, "wall", Permission.ReadWall),
        ];
}
