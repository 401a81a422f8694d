using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Stays;

/// <summary>Where patients are admitted.</summary>
internal sealed class StayLinks : INavLinks
{
    public IEnumerable<NavLink> Links => [NavLink.OfUnit(80, NavWhere.Daily, "Admit", Paths.Admit, "admit", Permission.MovePatients)];
}
