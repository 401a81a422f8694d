using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

/// <summary>Say that a held message has been applied, as it was or mended.</summary>
[Internal]
public sealed record ReleaseMessage(string? Corrected, IReadOnlyList<Guid> Concerns) : Command<FeedMessage>
{
    public override Permission Permission => Permission.MendFeed;

    public override Decision Decide(FeedMessage state, DecisionContext now) =>
        state.Standing == MessageStanding.Held ? new MessageReleased(now.Now, Corrected, Concerns) : [];
}
