using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>
/// A link of an incident's chain. Its sentence stands on the pages of all its <paramref name="Stays"/>, so it names no patient; and what
/// somebody typed about several patients at once is left out of it, because nothing keeps one's name out of the other's record there.
/// </summary>
/// <param name="Stays">Whom it concerns; nobody for what belongs to the incident alone.</param>
public abstract record IncidentStep(DateTimeOffset OccurredAt, IReadOnlyList<Guid> Stays, string? Remark) : Event(OccurredAt)
{
    public abstract StepKind Kind();

    /// <summary>What was done: no time and no patient's name; inside of a sentence.</summary>
    public abstract string Says();

    public override IEnumerable<Guid> About() => Stays;

    /// <summary>The same where it stands on several patients' pages: nothing that somebody typed.</summary>
    protected virtual string SaysToAll() => Says();

    public override string Sentence(UnitTime time) =>
        $"Incident, {time.Clock(OccurredAt)}: {(Stays.Count > 1 ? SaysToAll() : Says() + (Remark is null ? "" : $". {Remark}"))}";

    public override HandoffLine? ForHandoff(UnitTime time) => IsTold(Kind()) ? new(HandoffPart.Happened, Sentence(time)) : null;

    internal static bool IsTold(StepKind kind) =>
        kind is StepKind.Involved or StepKind.Deescalation or StepKind.Injury or StepKind.Resolved;
}

/// <summary>How an attempt went, said when it was over.</summary>
[Stored("deescalation_rated")]
public sealed record DeescalationRated(
    DateTimeOffset OccurredAt,
    IReadOnlyList<Guid> Stays,
    Guid Step,
    Technique Technique,
    int Minutes,
    Effect Effect,
    bool? AvoidedRestriction
) : Event(OccurredAt)
{
    public override IEnumerable<Guid> About() => Stays;

    public override string Sentence(UnitTime time) =>
        $"Incident, {time.Clock(OccurredAt)}: {Technique.Words()}{Went(Effect, Minutes, AvoidedRestriction)}";

    public override Amendment Amends() => new(Step, IsStruck: false, Replaces: true);

    // How it went is told in the place of that it was tried.
    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time));

    internal static string Went(Effect? effect, int? minutes, bool? avoided) =>
        effect is null
            ? ""
            : $", {effect.Value.Words()}{(minutes is > 0 ? $" after {minutes} min" : "")}"
                + $"{(avoided == true ? ", a restriction was avoided" : "")}";
}

/// <summary>The step reads on with another time or remark; what it said before stays readable.</summary>
/// <param name="At">The right time; null if the time was right.</param>
/// <param name="Remark">The right words; null if the words were right.</param>
/// <param name="Says">All that the step says now, where it is one patient's; null of several, and in entries from before this was
/// kept.</param>
/// <param name="Kind">What kind of step it is; null in entries from before this was kept.</param>
[Stored("incident_step_corrected")]
public sealed record IncidentStepCorrected(
    DateTimeOffset OccurredAt,
    IReadOnlyList<Guid> Stays,
    Guid Step,
    DateTimeOffset WasAt,
    DateTimeOffset? At,
    string? Remark,
    string Reason,
    string? Says = null,
    StepKind? Kind = null
) : Event(OccurredAt)
{
    public override IEnumerable<Guid> About() => Stays;

    public override string Sentence(UnitTime time) =>
        $"Incident: the entry of {time.Clock(WasAt)} was "
        + $"corrected{(At is { } at ? $" to {time.Clock(at)}" : "")}{(Stays.Count > 1 ? "" : $": {Reason}")}";

    // What was done still stands; only its time or remark reads otherwise, and a handoff tells it so.
    public override Amendment Amends() => new(Step, IsStruck: false, Replaces: true);

    public override HandoffLine? ForHandoff(UnitTime time) =>
        Kind is null || IncidentStep.IsTold(Kind.Value)
            ? new(
                HandoffPart.Happened,
                Says is null
                    ? $"{Sentence(time)}{(Remark is null || Stays.Count > 1 ? "" : $". It now reads: {Remark}")}"
                    : $"Incident, {time.Clock(At ?? WasAt)}: {Says} (corrected)"
            )
            : null;
}

[Stored("incident_step_entered_in_error")]
public sealed record IncidentStepEnteredInError(
    DateTimeOffset OccurredAt,
    IReadOnlyList<Guid> Stays,
    Guid Step,
    DateTimeOffset WasAt,
    string Reason
) : Event(OccurredAt)
{
    public override IEnumerable<Guid> About() => Stays;

    public override string Sentence(UnitTime time) =>
        $"Incident: the entry of {time.Clock(WasAt)} was entered in error{(Stays.Count > 1 ? "" : $": {Reason}")}";

    public override Amendment Amends() => new(Step);

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time));
}
