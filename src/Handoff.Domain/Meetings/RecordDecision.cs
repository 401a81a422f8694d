using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

/// <summary>Record what the team decided about a patient; a task follows from it.</summary>
/// <param name="Words">What is to be done.</param>
/// <param name="Owner">A person, or a role of the unit.</param>
/// <param name="Meeting">The key of the meeting, which is open.</param>
/// <param name="Evidence">The entry of the timeline that it rests on.</param>
public sealed record RecordDecision(string? Words, TaskOwner? Owner, DateTimeOffset? Due, string? Meeting, Guid? Evidence = null)
    : Command<CaseReview>
{
    public override Permission Permission => Permission.ReviewPatients;

    public override IEnumerable<string> Reads(CaseReview state, LoadedStates facts) => ReviewRules.Needs(Key, Meeting, facts);

    public override Decision Decide(CaseReview state, DecisionContext now) =>
        state switch
        {
            _ when ReviewRules.Wrong(Key, Meeting, now) is { } refusal => refusal,
            _ when ReviewRules.WrongWords(Words) is { } refusal => refusal,
            _ when TaskRules.WrongOwner(Owner) is { } refusal => refusal,
            _ when TaskRules.WrongTime(Due, now, "due") is { } refusal => refusal,
            _ => new DecisionRecorded(
                ReviewRules.At(Key, now),
                Meeting!,
                Text.Line(Words)!,
                TaskOwner.Clean(Owner)!,
                ReviewRules.Time(Key, now).Local(Due!.Value),
                Evidence
            ),
        };
}
