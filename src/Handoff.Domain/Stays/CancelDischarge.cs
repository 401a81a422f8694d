using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>
/// The patient was not discharged after all. A feed may say so before it says the discharge: that is kept, so that the discharge, when it
/// is heard of, is void.
/// </summary>
public sealed record CancelDischarge(DateTimeOffset? At = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) =>
        [.. Place.Needs(state), .. StayRules.NeedsOther(Record(state), state, facts)];

    public override Decision Decide(Stay state, DecisionContext now) =>
        state switch
        {
            _ when !state.IsKnown() || state.IsCancelled => StayRules.Unknown,
            { DischargedAt: null } when At is null || At <= state.DischargeCancelledAt => [],
            _ when At < state.DischargedAt => [],
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            _ when StayRules.Other(Record(state), state, now.States)?.Where() is { } there => new Refusal(
                "patient-here",
                $"The patient was admitted again since{StayRules.Where(there, now)}. Cancel that admission first, or leave this stay ended."
            ),
            _ => new DischargeCancelled(StayRules.Time(state, At, now)),
        };

    // A feed says when, and knows better who is here; a person says it now, and is told.
    private string? Record(Stay state) => At is null && state.DischargedAt is not null ? Census.OfRecord(state.Patient.Mrn) : null;
}
