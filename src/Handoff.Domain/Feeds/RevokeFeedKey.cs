using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

/// <summary>Say that a feed's key is revoked, and why.</summary>
[Internal]
public sealed record RevokeFeedKey(Guid Id, string Name, string? Reason) : Command<Facility>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Facility state, DecisionContext now) =>
        Text.Line(Reason) switch
        {
            null => Refusal.Missing("reason", "Say why the key is revoked."),
            var reason when Text.TooLong(reason, Text.RemarkLimit, "reason") is { } refusal => refusal,
            var reason => new FeedKeyRevoked(now.Now, Id, Name, reason),
        };
}
