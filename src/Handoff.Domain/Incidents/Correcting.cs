using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

// Commands

/// <summary>Give a step the right time or the right words. What it said before stays readable beside it.</summary>
public sealed record CorrectStep(Guid? Step, string? Reason, DateTimeOffset? At = null, string? Remark = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now)
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

/// <summary>Say that a step was entered in error. Of the opening: that there was no incident at all; then it is said of every step, also on each patient's own page.</summary>
public sealed record TakeBackStep(Guid? Step, string? Reason) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Needs(Incident state, Facts facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, Situation now)
    {
        var step = Step is { } id ? state.Step(id) : null;
        Step[] struck =
            step is { Kind: StepKind.Opened } ? [step, .. state.Steps.Where(one => one.Counts() && one != step)]
            : step is null ? []
            : [step];
        return state switch
        {
            _ when !state.IsKnown() => IncidentRules.Unknown,
            _ when step is { InError: not null } && now.By.WorksOn(state.Unit) => [],
            _ when IncidentRules.Wrong(state, null, null, now) is { } refusal => refusal,
            _ when step is null => Attempts.StepUnknown,
            _ when struck.Select(one => Corrections.NotYours(one, now)).FirstOrDefault(refusal => refusal is not null) is { } refusal =>
                refusal,
            _ when Corrections.WrongReason(Reason) is { } refusal => refusal,
            _ => [.. struck.Select(one => InError(one, state, now))],
        };
    }

    private IncidentStepEnteredInError InError(Step step, Incident state, Situation now) =>
        new(IncidentRules.Time(state, null, now), step.Stays, step.Id, step.At, Text.Line(Reason)!);
}

internal static class Corrections
{
    /// <summary>What only some may record, only they may correct.</summary>
    public static Refusal? NotYours(Step step, Situation now) =>
        step.Kind switch
        {
            StepKind.Resolved when !now.May(Permission.ResolveIncident) => Refusal.NotPermitted(
                "resolving-not-yours",
                "Only a nurse or above changes when an incident was resolved."
            ),
            StepKind.LevelReview when !now.May(Permission.ReviewLevel) => Refusal.NotPermitted(
                "review-not-yours",
                "Only a nurse or above changes the review of a level."
            ),
            _ => null,
        };

    public static Refusal? WrongReason(string? reason) =>
        Text.Line(reason) switch
        {
            null => Refusal.Missing("reason", "Give a reason."),
            var line => Text.TooLong(line, Text.RemarkLimit, "reason"),
        };

    public static Refusal? OutOfOrder(Incident state, Step step, DateTimeOffset? at) =>
        step.Kind switch
        {
            StepKind.Opened when at > state.ResolvedAt() => Refusal.Invalid(
                "begin-after-end",
                "That is after the incident was resolved.",
                "at"
            ),
            StepKind.Resolved when at < state.OpenedAt() => Refusal.Invalid(
                "end-before-incident",
                "That is before the incident began.",
                "at"
            ),
            StepKind.Debrief when at < state.ResolvedAt() => Refusal.Invalid(
                "debrief-before-end",
                "That is before the incident was resolved.",
                "at"
            ),
            _ => null,
        };
}
