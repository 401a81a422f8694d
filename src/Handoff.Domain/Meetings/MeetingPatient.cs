using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Meetings;

/// <summary>One patient on a meeting's agenda.</summary>
/// <param name="LastReview">The last review before this meeting.</param>
/// <param name="ReviewedAt">When this meeting reviewed them; null if it has not.</param>
/// <param name="OfNote">How many lines the time since the last review has.</param>
/// <param name="Decisions">How many decisions of this meeting stand.</param>
public sealed record MeetingPatient(
    Guid Stay,
    string? Bed,
    string Name,
    string? Level,
    IllnessSeverity? Severity,
    Staff? Responsible,
    ReviewMark? LastReview,
    DateTimeOffset? ReviewedAt,
    int OfNote,
    int OpenLoops,
    int Decisions
)
{
    public bool IsReviewed => ReviewedAt is not null;

    public static readonly IComparer<MeetingPatient> MostChangedFirst = Comparer<MeetingPatient>.Create(
        (a, b) =>
            (Nullable.Compare(b.Severity, a.Severity), b.OfNote.CompareTo(a.OfNote)) switch
            {
                (not 0 and var severity, _) => severity,
                (_, not 0 and var notes) => notes,
                _ => ByBed!.Compare(a, b),
            }
    );

    public static readonly IComparer<MeetingPatient> ByBed = Comparer<MeetingPatient>.Create(
        (a, b) => string.CompareOrdinal(a.Bed?.PadLeft(20) ?? "~", b.Bed?.PadLeft(20) ?? "~")
    );

    public static MeetingPatient FromReview(HandoffPatient patient, CaseReview review, string meeting, int ofNote) =>
        new(
            patient.Stay,
            patient.Bed,
            patient.Name,
            patient.Level,
            patient.Severity,
            patient.Responsible,
            review.BeforeMeeting(meeting),
            review.WasReviewedIn(meeting) ? review.Last!.At : null,
            ofNote,
            patient.OpenLoops,
            review.Decisions.Count(d => d.Meeting == meeting && d.TakenBack is null)
        );
}
