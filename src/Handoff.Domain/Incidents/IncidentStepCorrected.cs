using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

[Stored("warning_signs_seen")]
public sealed record WarningSignsSeen(
    DateTimeOffset OccurredAt,
    IReadOnlyList<Guid> Stays,
    string? Remark,
    IReadOnlyList<WarningSign> Signs
) : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.WarningSigns;

    public override string Says() =>
        Signs.Count == 0 ? "warning signs" : $"warning signs: {string.Join(", ", Signs.Select(sign => sign.Words()))}";
}

[Stored("code_called")]
public sealed record CodeCalled(DateTimeOffset OccurredAt, IReadOnlyList<Guid> Stays, string? Remark, Code Code)
    : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.CodeCalled;

    public override string Says() => $"code called, {Code.Words()}";

    public override Significance Significance() => Kernel.Significance.Notable;
}

[Stored("injury_recorded")]
public sealed record InjuryRecorded(DateTimeOffset OccurredAt, IReadOnlyList<Guid> Stays, string? Remark, Injured Injured, Harm Harm)
    : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.Injury;

    public override string Says() => $"{Harm.Words()}{(Injured == Injured.Patient ? "" : $", {Injured.ToString().ToLowerInvariant()}")}";

    public override Significance Significance() => Kernel.Significance.Notable;
}

[Stored("incident_moved")]
public sealed record IncidentMoved(DateTimeOffset OccurredAt, IReadOnlyList<Guid> Stays, string? Remark, string Place)
    : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.Moved;

    public override string Says() => $"now in {Place}";
}

[Stored("incident_noted")]
public sealed record IncidentNoted(DateTimeOffset OccurredAt, IReadOnlyList<Guid> Stays, string? Remark)
    : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.Note;

    public override string Says() => "note";
}

[Stored("incident_resolved")]
public sealed record IncidentResolved(DateTimeOffset OccurredAt, IReadOnlyList<Guid> Stays, string? Remark)
    : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.Resolved;

    public override string Says() => "resolved";
}
