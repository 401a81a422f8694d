using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>Say that nothing (more) was left out of a handoff that has been accepted.</summary>
public sealed record CloseHandoff : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when AfterthoughtRules.NotYours(state, now) is { } refusal => refusal,
            { Accepted.ClosedAt: not null } => [],
            _ => new HandoffClosed(CareRules.Time(state, now), state.Accepted!.Id),
        };
}
