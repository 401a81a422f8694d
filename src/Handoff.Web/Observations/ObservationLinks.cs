using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Observations;

/// <summary>Where checks are recorded and asked about.</summary>
internal sealed class ObservationLinks : INavLinks
{
    public IEnumerable<NavLink> Links =>
        [
            NavLink.OfUnit(30, NavWhere.Daily, "Rounds", Paths.Rounds, "rounds", Permission.RecordCheck),
            NavLink.OfUnit(130, NavWhere.Seldom, "Questions about checks", Paths.RoundQuestions, "rounds", Permission.AskAboutRounds),
            new(180, NavWhere.Facility, "Evidence sources", _ => Paths.Evidence, "rounds", Permission.ConfigureFacility),
        ];
}
