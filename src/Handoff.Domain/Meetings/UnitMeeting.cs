using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Tasks;

namespace Handoff.Domain.Meetings;

/// <summary>A unit's team meeting of today as it stands: whether it is open, and its agenda.</summary>
/// <param name="Meeting">The meeting's key, as commands name it; that of one that began yesterday and is still open.</param>
/// <param name="Position">The log position up to which it speaks.</param>
/// <param name="Patients">Who is on the unit: unstable first, then watchers, then those of whom most is to be told.</param>
public sealed record UnitMeeting(
    string Unit,
    string Name,
    DateTimeOffset AsOf,
    string Meeting,
    long Position,
    DateTimeOffset? OpenedAt,
    Staff? OpenedBy,
    IReadOnlyList<string> Attending,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<Guid> NotReviewed,
    IReadOnlyList<MeetingPatient> Patients
)
{
    public bool IsOpen => OpenedAt is not null && ClosedAt is null;

    public MeetingPatient? Patient(Guid stay) => Patients.FirstOrDefault(p => p.Stay == stay);

    public int Reviewed => Patients.Count(p => p.IsReviewed);

    /// <summary>Who comes after a patient in an order of the agenda: the next who was not reviewed, from the top again after the last. Null if that is nobody.</summary>
    public static MeetingPatient? After(Guid stay, IReadOnlyList<MeetingPatient> order)
    {
        var place = order.TakeWhile(p => p.Stay != stay).Count();
        return order.Skip(place + 1).Concat(order.Take(place)).FirstOrDefault(p => !p.IsReviewed);
    }
}

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

    public static MeetingPatient Of(HandoffPatient patient, CaseReview review, string meeting, int ofNote) =>
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

/// <summary>One patient before the team.</summary>
/// <param name="Loops">What is open about the patient, the oldest first.</param>
/// <param name="Decisions">Those of this meeting, the first one first.</param>
/// <param name="Earlier">Those of the meeting before that decided anything, and what became of them.</param>
public sealed record PatientMeeting(
    MeetingPatient Patient,
    string Meeting,
    bool IsOpen,
    SinceReview Since,
    IReadOnlyList<HandoffLoop> Loops,
    IReadOnlyList<DecisionLine> Decisions,
    IReadOnlyList<DecisionLine> Earlier
)
{
    /// <summary>This meeting's decisions, and those of the last one before it that had any.</summary>
    public static (IReadOnlyList<TeamDecision> Now, IReadOnlyList<TeamDecision> Earlier) Of(CaseReview review, string meeting)
    {
        var before = review.Decisions.LastOrDefault(d => d.Meeting != meeting)?.Meeting;
        return ([.. review.Decisions.Where(d => d.Meeting == meeting)], [.. review.Decisions.Where(d => d.Meeting == before)]);
    }
}

/// <summary>Raised: nobody has it in hand yet. Pending: the task has not followed yet, or never will because the patient has left.</summary>
public enum DecisionStanding
{
    Pending,
    Raised,
    Taken,
    Overdue,
    Done,
    TakenBack,
}

/// <summary>A decision and what became of it.</summary>
public sealed record DecisionLine(
    Guid Id,
    DateTimeOffset At,
    string By,
    string Words,
    TaskOwner Owner,
    DateTimeOffset Due,
    Guid? Evidence,
    DecisionStanding Standing,
    string? Said
)
{
    public static DecisionLine Of(TeamDecision decision, CareTask task, DateTimeOffset now) =>
        new(
            decision.Id,
            decision.At,
            decision.By.Name,
            decision.Words,
            task.IsKnown() ? task.Owner : decision.Owner,
            task.IsKnown() ? task.Due : decision.Due,
            decision.Evidence,
            StandingOf(decision, task, now),
            decision.TakenBack ?? task.Outcome
        );

    private static DecisionStanding StandingOf(TeamDecision decision, CareTask task, DateTimeOffset now) =>
        task switch
        {
            _ when decision.TakenBack is not null => DecisionStanding.TakenBack,
            { DoneAt: not null } => DecisionStanding.Done,
            _ when !task.IsKnown() => DecisionStanding.Pending,
            _ when task.IsOverdue(now) => DecisionStanding.Overdue,
            { TakenAt: not null } => DecisionStanding.Taken,
            _ => DecisionStanding.Raised,
        };
}
