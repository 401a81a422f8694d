using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>It is on the unit's boards from now on. The patients follow, each with an event of their own.</summary>
/// <param name="Zone">The unit's zone, so that its times can be said where nothing else of the unit is at hand; null in older
/// entries.</param>
[Stored("incident_opened")]
public sealed record IncidentOpened(
    DateTimeOffset OccurredAt,
    IReadOnlyList<Guid> Stays,
    string? Remark,
    string Unit,
    IncidentKind IncidentKind,
    string? Place,
    string? Zone = null
) : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.Opened;

    public override string Says() => $"{IncidentKind.Words()}{(Place is null ? "" : $", {Place}")}";
}
