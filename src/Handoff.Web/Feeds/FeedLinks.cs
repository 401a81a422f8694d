using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Feeds;

/// <summary>Where the hospital's feed is set up and mended.</summary>
internal sealed class FeedLinks : INavLinks
{
    public IEnumerable<NavLink> Links =>
        [
            new(140, NavWhere.Seldom, "Admissions feed", _ => Paths.Quarantine, "feed", Permission.MendFeed),
            new(170, NavWhere.Facility, "Feeds and their keys", _ => Paths.Feeds, "feed", Permission.ConfigureFacility),
        ];
}
