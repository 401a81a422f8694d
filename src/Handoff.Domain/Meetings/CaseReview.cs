using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Tasks;

namespace Handoff.Domain.Meetings;

/// <summary>That a patient was reviewed.</summary>
/// <param name="UpTo">The log position up to which the team had looked.</param>
public sealed record ReviewMark(string Meeting, DateTimeOffset At, Staff By, long UpTo);

/// <param name="Id">The event's id, which is also that of its task.</param>
/// <param name="TakenBack">Why it no longer stands; null if it does.</param>
public sealed record TeamDecision(
    Guid Id,
    string Meeting,
    DateTimeOffset At,
    Staff By,
    string Words,
    TaskOwner Owner,
    DateTimeOffset Due,
    Guid? Evidence,
    string? TakenBack = null
);

/// <summary>
/// What team meetings have said about one patient. It is one stream for each patient, so that when they were last reviewed is one look at
/// one state,
/// and two people who write about two patients never wait for each other. It goes with the patient from unit to unit and is on none.
/// </summary>
[Stored("case_review")]
public sealed record CaseReview : State
{
    public Guid Stay { get; init; }

    public ReviewMark? Last { get; init; }

    /// <summary>The last review in an earlier meeting than <see cref="Last"/>.</summary>
    public ReviewMark? Before { get; init; }

    /// <summary>The first one first.</summary>
    public IReadOnlyList<TeamDecision> Decisions { get; init; } = [];

    public bool WasReviewedIn(string meeting) => Last?.Meeting == meeting;

    /// <summary>The last review before a meeting: what the meeting tells begins after it. Null if there was none.</summary>
    public ReviewMark? BeforeMeeting(string meeting) => WasReviewedIn(meeting) ? Before : Last;

    public TeamDecision? Decision(Guid? id) => Decisions.FirstOrDefault(d => d.Id == id);

    public override Guid? OfStay() => Stay == Guid.Empty ? null : Stay;

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            PatientReviewed e => this with
            {
                Stay = Guid.Parse(fact.Key),
                Before = BeforeMeeting(e.Meeting),
                Last = new(e.Meeting, e.OccurredAt, fact.By, Math.Max(e.UpTo, Last?.UpTo ?? 0)),
            },
            DecisionRecorded e => this with
            {
                Stay = Guid.Parse(fact.Key),
                Decisions = [.. Decisions, new(fact.Id, e.Meeting, e.OccurredAt, fact.By, e.Words, e.Owner, e.Due, e.Evidence)],
            },
            DecisionTakenBack e => this with
            {
                Decisions = [.. Decisions.Select(d => d.Id == e.Decision ? d with { TakenBack = e.Reason } : d)],
            },
            _ => this,
        };
}
