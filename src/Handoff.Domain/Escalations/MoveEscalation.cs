using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

/// <summary>Bring an open concern to the unit where the patient is now.</summary>
[Internal]
public sealed record MoveEscalation : Command<Escalation>
{
    public override Permission Permission => Permission.RaiseConcern;

    public override IEnumerable<string> Reads(Escalation state, LoadedStates facts) =>
        state.IsKnown() ? Whereabouts.Needs(state.Stay, null, facts) : [];

    public override Decision Decide(Escalation state, DecisionContext now) =>
        state.IsOpen() && Whereabouts.Now(state.Stay, now) is { } there && there.Id != state.Unit
            ? new EscalationMoved(there.Time().Local(now.Now), there.Id)
            : [];
}
