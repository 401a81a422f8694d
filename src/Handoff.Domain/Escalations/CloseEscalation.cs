using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

/// <summary>Say what came of it.</summary>
public sealed record CloseEscalation(string? Outcome) : Command<Escalation>
{
    public override Permission Permission => Permission.AcknowledgeConcern;

    public override IEnumerable<string> Reads(Escalation state, LoadedStates facts) => EscalationRules.Needs(state);

    public override Decision Decide(Escalation state, DecisionContext now) =>
        state switch
        {
            _ when EscalationRules.Unknown(state) is { } refusal => refusal,
            { ClosedAt: not null } => [],
            { AcknowledgedAt: null } => new Refusal(
                "escalation-not-acknowledged",
                "Nobody has acknowledged it yet. Acknowledge it with a plan first."
            ),
            _ when EscalationRules.WrongText(Outcome, "outcome", "Say what came of it.") is { } refusal => refusal,
            _ => new EscalationClosed(EscalationRules.At(state, now), Text.Block(Outcome)!),
        };
}
