using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Tasks;

namespace Handoff.Domain.Meetings;

/// <param name="Meeting">The meeting's key.</param>
/// <param name="UpTo">The log position up to which the team had looked: what comes after it is for the next review.</param>
[Stored("patient_reviewed")]
public sealed record PatientReviewed(DateTimeOffset OccurredAt, string Meeting, long UpTo) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => "Reviewed in the team meeting.";
}

/// <summary>What the team decided about a patient. It becomes a task of its owner at once.</summary>
/// <param name="Evidence">The entry of the timeline that it rests on, if somebody named one.</param>
[Stored("decision_recorded")]
public sealed record DecisionRecorded(
    DateTimeOffset OccurredAt,
    string Meeting,
    string Words,
    TaskOwner Owner,
    DateTimeOffset Due,
    Guid? Evidence = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Decided in the team meeting, for {Owner.Words()} by {time.DayAndClock(Due)}: {Words}";

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.ToDo, Sentence(time));
}

[Stored("decision_taken_back")]
public sealed record DecisionTakenBack(DateTimeOffset OccurredAt, Guid Decision, string Words, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The decision was taken back: {Words} ({Reason})";

    public override Amendment Amends() => new(Decision);

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.ToDo, Sentence(time));
}
