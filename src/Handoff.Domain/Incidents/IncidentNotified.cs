using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

[Stored("incident_notified")]
public sealed record IncidentNotified(
    DateTimeOffset OccurredAt,
    IReadOnlyList<Guid> Stays,
    string? Remark,
    Party Party,
    string? Name,
    Channel Channel
) : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.Notified;

    public override string Says() => $"{Party.Words()}{(Name is null ? "" : $" ({Name})")} told {Channel.Words()}";

    protected override string SaysToAll() => $"{Party.Words()} told {Channel.Words()}";
}
