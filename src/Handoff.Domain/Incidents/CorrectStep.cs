using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>Give a step the right time or the right words. What it said before stays readable beside it.</summary>
public sealed record CorrectStep(Guid? Step, string? Reason, DateTimeOffset? At = null, string? Remark = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now)
    {
        var step = Step is { } id ? state.Step(id) : null;
        var (at, remark) = (
            At is { } time && time != step?.At ? IncidentRules.Time(state, time, now) : (DateTimeOffset?)null,
            Text.Line(Remark)
        );
        return state switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when step is null => Attempts.StepUnknown,
            _ when !step.Counts() => Attempts.StepInError,
            _ when Corrections.NotYours(step, now) is { } refusal => refusal,
            _ when Corrections.WrongReason(Reason) is { } refusal => refusal,
            _ when at is null && (remark is null || remark == step.Remark) => [],
            _ when Corrections.OutOfOrder(state, step, at) is { } refusal => refusal,
            _ => new IncidentStepCorrected(
                IncidentRules.Time(state, null, now),
                step.Stays,
                step.Id,
                step.At,
                at,
                remark == step.Remark ? null : remark,
                Text.Line(Reason)!,
                Says(step, remark ?? step.Remark),
                step.Kind
            ),
        };
    }

    private static string? Says(Step step, string? remark) =>
        step.Stays.Count > 1 ? null : step.Says + (remark is null ? "" : $". {remark}");
}
