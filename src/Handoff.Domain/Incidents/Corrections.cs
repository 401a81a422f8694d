using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

internal static class Corrections
{
    /// <summary>What only some may record, only they may correct.</summary>
    public static Refusal? NotYours(Step step, DecisionContext now) =>
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
