using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Units;

/// <summary>Where units and the facility are set up.</summary>
internal sealed class UnitLinks : INavLinks
{
    public IEnumerable<NavLink> Links =>
        [
            NavLink.OfUnit(150, NavWhere.Seldom, "Unit set-up", Paths.SetUp, "setup", Permission.ConfigureUnit),
            new(160, NavWhere.Seldom, "Add a unit", _ => Paths.NewUnit, "admit", Permission.ConfigureUnit),
            new(190, NavWhere.Facility, "Who may do what", _ => Paths.Scope, "patient", Permission.ConfigureFacility),
        ];
}
