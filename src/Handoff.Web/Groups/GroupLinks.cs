using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Groups;

/// <summary>Where groups are.</summary>
internal sealed class GroupLinks : INavLinks
{
    public IEnumerable<NavLink> Links => [NavLink.OfUnit(60, NavWhere.Daily, "Groups", Paths.Groups, "groups", Permission.ReadBoard)];
}
