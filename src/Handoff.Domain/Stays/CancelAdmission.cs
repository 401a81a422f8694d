using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>Take back an admission that never was: the stay is closed as if it had not begun.</summary>
public sealed record CancelAdmission(DateTimeOffset? At = null, string? Reason = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now) =>
        state switch
        {
            _ when !state.IsKnown() => StayRules.Unknown,
            { IsCancelled: true } => [],
            { DischargedAt: not null } => new Refusal("stay-over", "The patient was discharged. Cancel the discharge first."),
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            _ when StayRules.WrongText(Reason) is { } refusal => refusal,
            _ => new AdmissionCancelled(StayRules.Time(state, At, now), Text.Line(Reason)),
        };
}
