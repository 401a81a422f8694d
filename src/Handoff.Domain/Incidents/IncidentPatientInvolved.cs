using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

[Stored("incident_patient_involved")]
public sealed record IncidentPatientInvolved(
    DateTimeOffset OccurredAt,
    IReadOnlyList<Guid> Stays,
    string? Remark,
    IncidentKind IncidentKind,
    string? Place
) : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.Involved;

    public override string Says() => $"involved in {IncidentKind.Words()}{(Place is null ? "" : $", {Place}")}";

    public override Significance Significance() => Kernel.Significance.Notable;
}
