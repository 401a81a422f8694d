using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;

namespace Handoff.Domain.Meetings;

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
    public static (IReadOnlyList<TeamDecision> Now, IReadOnlyList<TeamDecision> Earlier) DecisionsOf(CaseReview review, string meeting)
    {
        var before = review.Decisions.LastOrDefault(d => d.Meeting != meeting)?.Meeting;
        return ([.. review.Decisions.Where(d => d.Meeting == meeting)], [.. review.Decisions.Where(d => d.Meeting == before)]);
    }
}
