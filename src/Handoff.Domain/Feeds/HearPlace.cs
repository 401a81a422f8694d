using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

/// <summary>A message named a place that no unit here has.</summary>
[Internal]
public sealed record HearPlace(string Place) : Command<Feed>
{
    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(Feed state, DecisionContext now) =>
        Text.Line(Place) switch
        {
            _ when !state.IsKnown || state.Heard.Count >= Feed.MostPlacesHeard => [],
            null or { Length: > FeedRules.LongestName } => [],
            var place when state.Heard.Any(h => h.Place.Equals(place, StringComparison.OrdinalIgnoreCase)) => [],
            var place => new FeedPlaceHeard(now.Now, place),
        };
}
