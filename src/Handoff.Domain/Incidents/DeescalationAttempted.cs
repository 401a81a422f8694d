using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <param name="Effect">How it went; null while it is being tried.</param>
/// <param name="Minutes">How long it took; null while it is being tried.</param>
[Stored("deescalation_attempted")]
public sealed record DeescalationAttempted(
    DateTimeOffset OccurredAt,
    IReadOnlyList<Guid> Stays,
    string? Remark,
    Technique Technique,
    int? Minutes,
    Effect? Effect,
    bool? AvoidedRestriction
) : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.Deescalation;

    public override string Says() => $"tried {Technique.Words()}{DeescalationRated.Went(Effect, Minutes, AvoidedRestriction)}";
}
