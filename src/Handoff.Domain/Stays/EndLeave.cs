using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>
/// The patient is back. A feed may say so before it says that they left: that is kept, so that the leave, when it is heard of, is over.
/// </summary>
/// <param name="IsCancelled">There was no leave after all.</param>
public sealed record EndLeave(DateTimeOffset? At = null, bool IsCancelled = false) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now) =>
        state switch
        {
            _ when StayRules.NotHere(state) is { } refusal => refusal,
            { Leave: null } when At is null || At <= state.LeaveEndedAt => [],
            _ when At < state.Leave?.Since => [],
            _ when now.Impossible(At ?? now.Now, state.AdmittedAt, "at") is { } refusal => refusal,
            _ => new LeaveEnded(StayRules.Time(state, At, now), IsCancelled),
        };
}
