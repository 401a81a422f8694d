using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>Say that a pause has outlived the return that was expected.</summary>
[Internal]
public sealed record FindPauseOverdue : Command<Rounding>
{
    public override Permission Permission => Permission.PauseObservation;

    public override IEnumerable<string> Reads(Rounding state, LoadedStates facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, DecisionContext now) =>
        state.Pause switch
        {
            { IsLeave: false, IsOverdue: false, ExpectedReturn: { } back } when state.IsRunning() && back <= now.Now => new PauseOverdue(
                back
            ),
            _ => [],
        };
}
