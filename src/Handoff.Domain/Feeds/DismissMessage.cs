using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

/// <summary>Set a held message aside for good. It stays in the log.</summary>
public sealed record DismissMessage(string? Reason) : Command<FeedMessage>
{
    public override Permission Permission => Permission.MendFeed;

    public override Decision Decide(FeedMessage state, DecisionContext now) =>
        (state.Standing, Text.Line(Reason)) switch
        {
            (MessageStanding.Unknown, _) => Refusal.NotFound("message-unknown", "There is no such message."),
            (MessageStanding.Dismissed, _) => [],
            (not MessageStanding.Held, _) => new Refusal("message-not-held", "The message has already been applied."),
            (_, null) => Refusal.Missing("reason", "Say why the message is set aside."),
            (_, var reason) => Text.TooLong(reason, Text.RemarkLimit, "reason") is { } refusal
                ? refusal
                : new MessageDismissed(now.Now, reason),
        };
}
