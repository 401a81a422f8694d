using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <summary>Say that the order for the level has run out.</summary>
[Internal]
public sealed record FindLevelOrderEnded : Command<Rounding>
{
    public override Permission Permission => Permission.RaiseLevel;

    public override Decision Decide(Rounding state, DecisionContext now) =>
        state.IsRunning() && state is { LevelUntil: { } until, OrderEndedAt: null } && until <= now.Now
            ? new LevelOrderEnded(until, state.LevelName)
            : [];
}
