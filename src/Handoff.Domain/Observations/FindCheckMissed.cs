using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>Say that a limit has passed without a sighting; once for each time it passes, and once only for an outage.</summary>
[Internal]
public sealed record FindCheckMissed : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Reads(Rounding state, LoadedStates facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, DecisionContext now) => [.. RoundingRules.Unsaid(state, now.Now, now)];
}
