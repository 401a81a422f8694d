using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

/// <summary>Keep that a message came and called for nothing.</summary>
[Internal]
public sealed record PassMessage(string Sender, string ControlId, string Trigger, string Ack, string Why, string? Digest = null)
    : Command<FeedMessage>
{
    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(FeedMessage state, DecisionContext now) =>
        state.Standing == MessageStanding.Unknown ? new MessagePassed(now.Now, Sender, ControlId, Trigger, Ack, Why, Digest) : [];
}
