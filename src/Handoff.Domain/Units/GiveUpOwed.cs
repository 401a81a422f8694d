using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Say that something which could not be done needn't be done any more.</summary>
[Internal]
public sealed record GiveUpOwed(string What, string Because, long Position, string? Reason) : Command<Facility>
{
    public override Permission Permission => Permission.WatchService;

    public override Decision Decide(Facility state, DecisionContext now) =>
        Text.Block(Reason) switch
        {
            null => Refusal.Missing("reason", "Say why it needn't be done."),
            var reason when Text.TooLong(reason, Text.RemarkLimit, "reason") is { } refusal => refusal,
            var reason => new OwedGivenUp(now.Now, What, Because, Position, reason),
        };
}
