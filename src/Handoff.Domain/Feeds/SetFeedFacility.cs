using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

/// <summary>Say how the feed names our facility: a unit of the same name in another hospital is not ours.</summary>
/// <param name="Names">As in PV1-3.4; none, or an empty list, where a place is known by its unit alone.</param>
public sealed record SetFeedFacility(IReadOnlyList<string>? Names = null) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Feed state, DecisionContext now) =>
        UnitRules.Lines(Names) switch
        {
            _ when !state.IsKnown => FeedRules.Unknown,
            { Count: > FeedRules.MostNames } => Refusal.Invalid(
                "facility-names-too-many",
                $"Give at most {FeedRules.MostNames} names.",
                "names"
            ),
            var names when names.Any(FeedRules.IsNoName) => Refusal.Invalid(
                "facility-name-invalid",
                $"A facility's name has at most {FeedRules.LongestName} characters.",
                "names"
            ),
            var names when names.SequenceEqual(state.FacilityNames) => [],
            var names => new FeedFacilitySet(now.Now, names),
        };
}
