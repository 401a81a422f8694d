using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

[Internal]
public sealed record KeepApplied(
    string Sender,
    string ControlId,
    string Trigger,
    string Ack,
    IReadOnlyList<Guid> Concerns,
    string? Digest = null,
    DateTimeOffset? Said = null
) : Command<FeedMessage>
{
    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(FeedMessage state, DecisionContext now) =>
        state.Standing == MessageStanding.Unknown
            ? new MessageApplied(now.Now, Sender, ControlId, Trigger, Ack, Concerns, Digest, Said)
            : [];
}
