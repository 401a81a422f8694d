using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Observations;

/// <summary>Say why the patient was not looked at. The clock runs on.</summary>
public sealed record SkipCheck(string? Reason) : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Reads(Rounding state, LoadedStates facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, DecisionContext now) =>
        (RoundingRules.NotRunning(state) ?? RoundingRules.WrongReason(Reason)) is { } refusal
            ? refusal
            : new CheckSkipped(RoundingRules.Time(state, now).Local(now.Now), Text.Line(Reason)!);
}
