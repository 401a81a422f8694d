using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Meetings;

/// <summary>Where the team meets.</summary>
internal sealed class MeetingLinks : INavLinks
{
    public IEnumerable<NavLink> Links =>
        [
            NavLink.OfUnit(45, NavWhere.Seldom, "Team meeting", unit => Paths.Meeting(unit), "meeting", Permission.ReadStay) with
            {
                IsDaily = frame => frame.May(Permission.ReviewPatients) && !frame.May(Permission.HandOver),
            },
        ];
}
