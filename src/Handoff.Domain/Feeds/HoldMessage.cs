using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

[Internal]
public sealed record HoldMessage(
    string Sender,
    string ControlId,
    string Trigger,
    string Raw,
    Fault Fault,
    string Ack,
    Guid? Visit,
    string? Digest = null,
    Guid? OtherVisit = null
) : Command<FeedMessage>
{
    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(FeedMessage state, DecisionContext now) =>
        state.Standing == MessageStanding.Unknown
            ? new MessageHeld(now.Now, Sender, ControlId, Trigger, Raw, Fault, Ack, Visit, Digest, OtherVisit)
            : [];
}
