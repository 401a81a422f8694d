using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Handoffs;

/// <summary>Where patients are handed over. Who reviews patients and hands none over comes to the unit for its meeting.</summary>
internal sealed class HandoffLinks : INavLinks
{
    public IEnumerable<NavLink> Links =>
        [
            NavLink.OfUnit(40, NavWhere.Daily, "Handoff", unit => Paths.Handoff(unit), "handoff", Permission.HandOver),
            NavLink.OfUnit(100, NavWhere.Seldom, "Assignments", Paths.Assignments, "patient", Permission.HandOver),
        ];
}
