using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <summary>Go on with checks: the patient is back.</summary>
public sealed record ResumeObservation : Command<Rounding>
{
    public override Permission Permission => Permission.PauseObservation;

    public override IEnumerable<string> Reads(Rounding state, LoadedStates facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, DecisionContext now) =>
        state switch
        {
            _ when RoundingRules.NotRunning(state) is { } refusal => refusal,
            { Pause: null } => [],
            { Pause.IsLeave: true } => new Refusal("on-leave", "The patient is on leave. End the leave; the checks go on by themselves."),
            _ => new ObservationResumed(RoundingRules.Time(state, now).Local(now.Now), RoundingRules.After(state.Pause, state, now)),
        };
}
