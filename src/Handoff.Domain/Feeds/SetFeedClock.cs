using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

/// <summary>Say in which time zone a feed writes its times.</summary>
/// <param name="Zone">Null or blank where each unit's own is meant.</param>
public sealed record SetFeedClock(string? Zone = null) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Feed state, DecisionContext now) =>
        Text.Line(Zone) switch
        {
            _ when !state.IsKnown => FeedRules.Unknown,
            { } zone when !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) => Refusal.Invalid(
                "zone-unknown",
                "That time zone is not known. Write it as America/Chicago.",
                "zone"
            ),
            var zone when zone == state.Zone => [],
            var zone => new FeedClockSet(now.Now, zone),
        };
}
