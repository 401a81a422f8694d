using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

/// <summary>A message of this sender came.</summary>
[Internal]
public sealed record HearFeed(string Application, string Facility) : Command<Feed>
{
    private const int LongestName = 200;

    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(Feed state, DecisionContext now) =>
        this switch
        {
            { Application: "", Facility: "" } => Refusal.Missing(
                "application",
                "Give the sender's application (MSH-3) or facility (MSH-4)."
            ),
            _ when (Text.TooLong(Application, LongestName, "application") ?? Text.TooLong(Facility, LongestName, "facility"))
                    is { } refusal => refusal,
            _ when Feed.KeyOf(Application, Facility).ToString() != Key => Refusal.Invalid(
                "feed-id-invalid",
                "A feed's id follows from its sender; this one is another's.",
                "feed"
            ),
            _ when state.IsKnown => [],
            _ => new FeedKnown(now.Now, Application, Facility),
        };
}
