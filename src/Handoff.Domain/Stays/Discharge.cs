using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>Discharge a patient: the stay ends.</summary>
public sealed record Discharge(DateTimeOffset? At = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now) =>
        state switch
        {
            _ when !state.IsKnown() || state.IsCancelled => StayRules.Unknown,
            { DischargedAt: not null } => [],
            _ when At <= state.DischargeCancelledAt => [],
            _ when now.Impossible(At ?? now.Now, state.AdmittedAt, "at") is { } refusal => refusal,
            _ => new Discharged(StayRules.Time(state, At, now)),
        };
}
