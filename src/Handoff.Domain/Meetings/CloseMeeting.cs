using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

/// <summary>Close the meeting. Patients who were not reviewed don't hinder it; they are named.</summary>
public sealed record CloseMeeting : Command<Meeting>
{
    public override Permission Permission => Permission.ReviewPatients;

    public override IEnumerable<string> Reads(Meeting state, LoadedStates facts) =>
        state.Unit is not { } unit
            ? []
            :
            [
                StreamId.For(StateKind<Unit>.Name, unit),
                StreamId.For(StateKind<Census>.Name, unit),
                .. facts.Get<Census>(unit).Stays.Select(stay => StreamId.For(StateKind<CaseReview>.Name, stay.Id)),
            ];

    public override Decision Decide(Meeting state, DecisionContext now) =>
        state switch
        {
            _ when !state.IsKnown() => MeetingRules.Unknown,
            { ClosedAt: not null } => [],
            _ => new MeetingClosed(now.States.Get<Unit>(state.Unit!).Time().Local(now.Now), state.Unit!, [.. NotReviewed(state, now)]),
        };

    private IEnumerable<Guid> NotReviewed(Meeting state, DecisionContext now) =>
        now
            .States.Get<Census>(state.Unit!)
            .Stays.Where(stay => !now.States.Get<CaseReview>(stay.Id.ToString()).WasReviewedIn(Key))
            .OrderBy(stay => stay.Where()?.Bed, StringComparer.Ordinal)
            .Select(stay => stay.Id);
}
