using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

/// <summary>Say of a concern that the check on which it rests was entered in error.</summary>
[Internal]
public sealed record StrikeBasis(string Reason) : Command<Escalation>
{
    public override Permission Permission => Permission.RaiseConcern;

    public override IEnumerable<string> Reads(Escalation state, LoadedStates facts) => EscalationRules.Needs(state);

    public override Decision Decide(Escalation state, DecisionContext now) =>
        state.IsOpen() && state.BasisStruck is null ? new ConcernLostBasis(EscalationRules.At(state, now), Reason) : [];
}
