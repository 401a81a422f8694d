using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <param name="Identifiers">Every number of the patient that was told, with its authority; null where a person typed one.</param>
/// <param name="IsBedUnknown">The unit has no such bed: somebody is asked which one it is.</param>
[Stored("admitted")]
public sealed record Admitted(
    DateTimeOffset OccurredAt,
    Patient Patient,
    string Unit,
    string? Bed,
    string? Visit,
    IReadOnlyList<PatientIdentifier>? Identifiers = null,
    bool IsBedUnknown = false
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Admitted to {Placement.Words(Unit, Bed)} at {time.Clock(OccurredAt)}.";

    public override HandoffLine ForHandoff(UnitTime time) =>
        new(HandoffPart.Patient, $"Admitted {time.DayAndClock(OccurredAt)}", "admission", Retention.Stands);
}

[Stored("admission_cancelled")]
public sealed record AdmissionCancelled(DateTimeOffset OccurredAt, string? Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The admission was cancelled{Because.Reason(Reason)}.";
}

/// <param name="IsBedUnknown">The unit has no such bed: somebody is asked which one it is.</param>
/// <param name="FromOutside">The place, none of ours, from which the patient is back; <paramref name="FromUnit"/> is where they had been
/// before.</param>
[Stored("transferred")]
public sealed record Transferred(
    DateTimeOffset OccurredAt,
    string FromUnit,
    string? FromBed,
    string Unit,
    string? Bed,
    bool IsBedUnknown = false,
    string? FromOutside = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        FromOutside is { } outside
            ? $"Back from {outside}, outside, in {Placement.Words(Unit, Bed)} at {time.Clock(OccurredAt)}."
            : $"Moved from {Placement.Words(FromUnit, FromBed)} to {Placement.Words(Unit, Bed)} at {time.Clock(OccurredAt)}.";

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time), "move");
}

[Stored("transfer_cancelled")]
public sealed record TransferCancelled(DateTimeOffset OccurredAt, string Unit, string? Bed) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The move was cancelled; back in {Placement.Words(Unit, Bed)}.";

    // In one topic with the move, so that it is told in its place.
    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time), "move", Retention.Over);
}

/// <summary>
/// Moved to a place that this service does not run. The patient is nobody's here any more, and nobody here may go on as if they were.
/// </summary>
/// <param name="Place">As the hospital calls it, such as <c>5 North</c>.</param>
[Stored("moved_outside")]
public sealed record MovedOutside(DateTimeOffset OccurredAt, string FromUnit, string? FromBed, string Place) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Moved to {Place}, outside, at {time.Clock(OccurredAt)}.";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time), "move");
}

[Stored("leave_started")]
public sealed record LeaveStarted(DateTimeOffset OccurredAt, LeaveKind Kind, DateTimeOffset? ExpectedReturn, string? Reason)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Left at {time.Clock(OccurredAt)}: {Kind.Words()}{Because.Reason(Reason)}"
        + (ExpectedReturn is { } back ? $"; expected back {time.DayAndClock(back)}." : "; no return time given.");

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time), "leave", Retention.Stands);
}

/// <param name="IsCancelled">There was no leave after all.</param>
[Stored("leave_ended")]
public sealed record LeaveEnded(DateTimeOffset OccurredAt, bool IsCancelled = false) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        IsCancelled ? $"The leave was cancelled at {time.Clock(OccurredAt)}." : $"Back on the unit at {time.Clock(OccurredAt)}.";

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time), "leave", Retention.Over);
}

/// <summary>The expected return has passed and the patient is not back.</summary>
[Stored("return_overdue")]
public sealed record ReturnOverdue(DateTimeOffset OccurredAt, LeaveKind Kind) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Not back ({Kind.Words()}), expected at {time.Clock(OccurredAt)}.";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.ToDo, Sentence(time), "leave", Retention.Stands);
}

[Stored("discharged")]
public sealed record Discharged(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Discharged at {time.Clock(OccurredAt)}.";
}

[Stored("discharge_cancelled")]
public sealed record DischargeCancelled(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => "The discharge was cancelled; the patient is still here.";
}

/// <param name="Identifiers">Numbers of the patient that were told besides; null where none were.</param>
[Stored("details_corrected")]
public sealed record DetailsCorrected(DateTimeOffset OccurredAt, Patient Patient, IReadOnlyList<PatientIdentifier>? Identifiers = null)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => "The patient's details were updated.";
}

/// <param name="Identifiers">The numbers that stay, with their authorities.</param>
[Stored("merged")]
public sealed record Merged(DateTimeOffset OccurredAt, string FromMrn, string Mrn, IReadOnlyList<PatientIdentifier>? Identifiers = null)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Record {FromMrn} was merged into {Mrn}.";
}

/// <summary>The hospital found that the visit is another patient's.</summary>
[Stored("visit_moved")]
public sealed record VisitMoved(DateTimeOffset OccurredAt, string FromMrn, Patient Patient, IReadOnlyList<PatientIdentifier> Identifiers)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"The hospital says that this visit is of record {Patient.Mrn}, not of record {FromMrn}.";

    public override Significance Significance() => Kernel.Significance.Notable;
}

[Stored("visit_renumbered")]
public sealed record VisitRenumbered(DateTimeOffset OccurredAt, string? From, string Visit) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The visit has number {Visit} now.";

    public override Significance Significance() => Kernel.Significance.Silent;
}
