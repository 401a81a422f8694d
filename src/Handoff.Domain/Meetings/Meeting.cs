using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

/// <param name="Attending">Who sits around the table, as somebody typed it; empty if nobody did.</param>
[Stored("meeting_opened")]
public sealed record MeetingOpened(DateTimeOffset OccurredAt, string Unit, IReadOnlyList<string> Attending) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"The team meeting was opened at {time.Clock(OccurredAt)}{(Attending.Count == 0 ? "" : $" with {string.Join(", ", Attending)}")}.";
}

/// <param name="NotReviewed">Who was on the unit and was not spoken of: each of them reads it on their timeline, and nobody else
/// does.</param>
[Stored("meeting_closed")]
public sealed record MeetingClosed(DateTimeOffset OccurredAt, string Unit, IReadOnlyList<Guid> NotReviewed) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        NotReviewed.Count == 0 ? "The team meeting was closed." : "The team meeting was closed before it came to this patient.";

    public override IEnumerable<Guid> About() => NotReviewed;
}

/// <summary>
/// One unit's team meeting of one day. What it says about a patient is kept with the patient, in <see cref="CaseReview"/>.
/// </summary>
[Stored("meeting")]
public sealed record Meeting : State
{
    /// <summary>More names than this are a list of the staff.</summary>
    public const int MostAttending = 40;

    public string? Unit { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public Staff? OpenedBy { get; init; }

    public IReadOnlyList<string> Attending { get; init; } = [];

    public DateTimeOffset? ClosedAt { get; init; }

    public Staff? ClosedBy { get; init; }

    public IReadOnlyList<Guid> NotReviewed { get; init; } = [];

    public bool IsKnown() => OpenedAt is not null;

    public bool IsOpen() => IsKnown() && ClosedAt is null;

    public override string? OnUnit() => Unit;

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            MeetingOpened e => this with
            {
                Unit = e.Unit,
                OpenedAt = OpenedAt ?? e.OccurredAt,
                OpenedBy = OpenedBy ?? fact.By,
                Attending = e.Attending.Count > 0 ? e.Attending : Attending,
                ClosedAt = null,
                ClosedBy = null,
                NotReviewed = [],
            },
            MeetingClosed e => this with { ClosedAt = e.OccurredAt, ClosedBy = fact.By, NotReviewed = e.NotReviewed },
            _ => this,
        };
}

internal static class MeetingRules
{
    public static readonly Refusal WrongKey = Refusal.Invalid(
        "meeting-id-invalid",
        "A meeting's id is its unit's and its day, such as 2-west.2026-11-22.",
        "meeting"
    );

    public static readonly Refusal Unknown = Refusal.NotFound("meeting-unknown", "There is no such meeting.", "meeting");
}
