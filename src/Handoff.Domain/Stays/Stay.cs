using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>One admission of one patient, from door to door.</summary>
[Stored("stay")]
[OfEachStay]
public sealed record Stay : State
{
    /// <summary>Enough to know a repeated message again, few enough to stay small.</summary>
    private const int Remembered = 8;

    public Guid Id { get; init; }

    public Patient Patient { get; init; } = new("", "", "");

    /// <summary>Every number of the patient that was told, with its authority; none where a person typed the record number.</summary>
    public IReadOnlyList<PatientIdentifier> Identifiers { get; init; } = [];

    /// <summary>The feed's own number of this stay, where a feed brought it.</summary>
    public string? Visit { get; init; }

    /// <summary>
    /// Oldest first by when they took effect, whatever order they were heard of in; the last one is where the patient is.
    /// </summary>
    public IReadOnlyList<Placement> Placements { get; init; } = [];

    /// <summary>The latest cancelled moves.</summary>
    public IReadOnlyList<CancelledMove> MovesCancelled { get; init; } = [];

    /// <summary>Where the patient is, if that is no place of ours.</summary>
    public Outside? Outside { get; init; }

    /// <summary>When a move outside was last taken back: an older word of it doesn't bring it back.</summary>
    public DateTimeOffset? BackAt { get; init; }

    public LeaveOfAbsence? Leave { get; init; }

    /// <summary>The leave that went on when the patient was discharged: it goes on if the discharge is cancelled.</summary>
    public LeaveOfAbsence? LeftFrom { get; init; }

    public DateTimeOffset? LeaveEndedAt { get; init; }

    /// <summary>A return that was heard of before its leave.</summary>
    public DateTimeOffset? ReturnHeardFirst { get; init; }

    /// <summary>The latest leaves that are over, oldest first.</summary>
    public IReadOnlyList<PastLeave> PastLeaves { get; init; } = [];

    public DateTimeOffset? AdmittedAt { get; init; }

    public DateTimeOffset? DischargedAt { get; init; }

    public DateTimeOffset? DischargeCancelledAt { get; init; }

    public DateTimeOffset? MergedAt { get; init; }

    public bool IsCancelled { get; init; }

    /// <summary>How recent the details are: an older message that arrives late doesn't undo a newer one.</summary>
    public DateTimeOffset DetailsAt { get; init; }

    /// <summary>The entries that are pinned on the patient's timeline, the latest last.</summary>
    public IReadOnlyList<Pin> Pinned { get; init; } = [];

    public bool IsKnown() => AdmittedAt is not null;

    public bool IsHere() => IsKnown() && !IsCancelled && DischargedAt is null && Outside is null;

    /// <summary>When the patient left, for good or for a place that is not ours; null while they are here.</summary>
    public DateTimeOffset? LeftAt() => DischargedAt ?? Outside?.Since;

    /// <summary>The patient's numbers; one that a person typed has neither authority nor type.</summary>
    public IEnumerable<PatientIdentifier> KnownBy() =>
        Identifiers.Any(i => i.Id == Patient.Mrn) ? Identifiers : Identifiers.Append(new(Patient.Mrn));

    public Placement? Where() => Placements.Count > 0 ? Placements[^1] : null;

    /// <summary>The latest move up to a moment, if there was one after the admission.</summary>
    public Placement? LastMove(DateTimeOffset at) => Placements.Skip(1).LastOrDefault(p => p.Since <= at);

    public override string? OnUnit() => IsHere() ? Where()?.Unit : null;

    public override Guid? OfStay() => Id;

    public override IndexKeys FoundBy() => new(Mrn: Patient.Mrn);

    public override IEnumerable<Deadline> Deadlines() =>
        IsHere() && Leave is { ExpectedReturn: { } due, IsOverdue: false }
            ? [new("return", due, new FindReturnOverdue { Key = Id.ToString() })]
            : [];

    /// <summary>
    /// Somebody who is not back in time is one loop, <c>return</c>; their return closes it, or another time to which they are expected.
    /// A bed that the unit doesn't have is another, <c>bed</c>, until somebody puts the patient into one that it has.
    /// </summary>
    public override IEnumerable<OpenLoop> OpenLoops() =>
        (IsHere(), Leave, Where()) switch
        {
            (false, _, _) => [],
            (_, { IsOverdue: true, ExpectedReturn: { } due } leave, _) =>
            [
                new("return", Id, due, due, $"not back ({leave.Kind.Words()})", $"/stays/{Id}", Pressing.Urgent),
                .. BedAsked(),
            ],
            _ => BedAsked(),
        };

    private IEnumerable<OpenLoop> BedAsked() =>
        Where() is { IsBedAsked: true } where
            ? [new("bed", Id, where.Since, null, $"bed {where.Bed} is none of the unit's: which bed?", $"/stays/{Id}/move")]
            : [];

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            Admitted e => this with
            {
                Id = Guid.Parse(fact.Key),
                Patient = e.Patient,
                Visit = e.Visit,
                AdmittedAt = e.OccurredAt,
                DetailsAt = e.OccurredAt,
                IsCancelled = false,
                Identifiers = e.Identifiers ?? [],
                Outside = null,
                Placements = [new(e.OccurredAt, e.Unit, e.Bed, e.IsBedUnknown)],
            },
            AdmissionCancelled => this with { IsCancelled = true, Leave = null, PastLeaves = [] },
            Transferred e => this with
            {
                Placements = [.. Placements.Append(new(e.OccurredAt, e.Unit, e.Bed, e.IsBedUnknown)).OrderBy(p => p.Since)],
                Outside = e.OccurredAt < Outside?.Since ? Outside : null,
            },
            MovedOutside e => LeaveOver(e.OccurredAt) with { Outside = new(e.OccurredAt, e.Place), Leave = null },
            TransferCancelled e when Outside is not null => this with { Outside = null, BackAt = e.OccurredAt },
            TransferCancelled e => Unmoved(e.OccurredAt),
            LeaveStarted e when Leave?.Kind == e.Kind => this with
            {
                Leave = new(Leave.Since, e.Kind, e.ExpectedReturn, ToldAt: e.OccurredAt),
            },
            LeaveStarted e => LeaveOver(e.OccurredAt) with
            {
                Leave = new(e.OccurredAt, e.Kind, e.ExpectedReturn, ToldAt: e.OccurredAt),
                ReturnHeardFirst = null,
            },
            LeaveEnded { IsCancelled: true } e => this with
            {
                Leave = null,
                LeaveEndedAt = e.OccurredAt,
                PastLeaves = [.. PastLeaves.Where(past => past.To != Leave?.Since)],
            },
            LeaveEnded e => LeaveOver(e.OccurredAt) with
            {
                Leave = null,
                LeaveEndedAt = e.OccurredAt,
                ReturnHeardFirst = Leave is null ? e.OccurredAt : null,
            },
            ReturnOverdue => this with { Leave = Leave is { } leave ? leave with { IsOverdue = true } : null },
            Discharged e => LeaveOver(e.OccurredAt) with { DischargedAt = e.OccurredAt, Leave = null, LeftFrom = Leave },
            DischargeCancelled e => this with
            {
                DischargedAt = null,
                DischargeCancelledAt = e.OccurredAt,
                Leave = Leave ?? LeftFrom,
                LeftFrom = null,
                PastLeaves = [.. PastLeaves.Where(l => l.From != LeftFrom?.Since)],
            },
            DetailsCorrected e => this with { Patient = e.Patient, DetailsAt = e.OccurredAt, Identifiers = With(e.Identifiers) },
            EntryPinned e => this with { Pinned = [.. Pinned.Where(p => p.Entry != e.Entry), new(e.Entry, e.Word)] },
            EntryUnpinned e => this with { Pinned = [.. Pinned.Where(p => p.Entry != e.Entry)] },
            Merged e => this with { Patient = Patient with { Mrn = e.Mrn }, MergedAt = e.OccurredAt, Identifiers = With(e.Identifiers) },
            VisitMoved e => this with { Patient = e.Patient, DetailsAt = e.OccurredAt, Identifiers = e.Identifiers },
            VisitRenumbered e => this with { Visit = e.Visit },
            _ => this,
        };

    private Stay LeaveOver(DateTimeOffset at) =>
        Leave is { } leave && leave.Since < at
            ? this with
            {
                PastLeaves = [.. PastLeaves.Append(new(leave.Since, at, leave.Kind, leave.ExpectedReturn)).TakeLast(Remembered)],
            }
            : this;

    // A number that was given up still means this patient: messages that name it may be on their way.
    private IReadOnlyList<PatientIdentifier> With(IReadOnlyList<PatientIdentifier>? told) =>
        told is null ? Identifiers : [.. told.Concat(Identifiers).Distinct().Take(PatientIdentifier.Most)];

    private Stay Unmoved(DateTimeOffset at) =>
        LastMove(at) is not { } move
            ? this
            : this with
            {
                Placements = [.. Placements.Where(p => !ReferenceEquals(p, move))],
                MovesCancelled = [.. MovesCancelled.Append(new(at, move)).TakeLast(Remembered)],
            };
}
