using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Escalations;

/// <summary>Say that you have heard it, and what will be done. Nobody acknowledges their own concern.</summary>
public sealed record AcknowledgeEscalation(string? Plan) : Command<Escalation>
{
    public override Permission Permission => Permission.AcknowledgeConcern;

    public override IEnumerable<string> Reads(Escalation state, LoadedStates facts) => EscalationRules.Needs(state);

    public override Decision Decide(Escalation state, DecisionContext now) =>
        state switch
        {
            _ when EscalationRules.Unknown(state) is { } refusal => refusal,
            { AcknowledgedAt: not null } when state.AcknowledgedBy == now.By.Staff.Name && state.Plan == Text.Block(Plan) => [],
            { AcknowledgedAt: not null } => new Refusal(
                "escalation-acknowledged",
                $"{state.AcknowledgedBy} has acknowledged it already. Their plan is on the page."
            ),
            _ when state.RaisedById == now.By.Staff.Id => new Refusal(
                "escalation-own",
                "You raised it: somebody else must acknowledge it. Call them if nobody does."
            ),
            _ when EscalationRules.WrongText(Plan, "plan", "Say what will be done, by whom.") is { } refusal => refusal,
            _ => new EscalationAcknowledged(EscalationRules.At(state, now), now.By.Staff.Name, Text.Block(Plan)!),
        };
}
