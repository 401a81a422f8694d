using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;

namespace Handoff.Domain.Meetings;

/// <summary>
/// Bring a task in line with the decision that it came from: raised when that was recorded, withdrawn when that was taken back. It looks at
/// how things are,
/// so it may be sent any number of times. A decision whose time has passed before the service could follow is raised all the same, and is
/// overdue.
/// </summary>
[Internal]
public sealed record FollowDecision(Guid Stay) : Command<CareTask>
{
    public static readonly Reaction Reaction = new(
        "TasksFollowDecisions",
        fact =>
            fact.Event switch
            {
                DecisionRecorded => [new FollowDecision(Guid.Parse(fact.Key)) { Key = fact.Id.ToString() }],
                DecisionTakenBack e => [new FollowDecision(Guid.Parse(fact.Key)) { Key = e.Decision.ToString() }],
                _ => [],
            }
    );

    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Reads(CareTask state, LoadedStates facts) =>
        [StreamId.For(StateKind<CaseReview>.Name, Stay), .. Whereabouts.Needs(Stay, null, facts)];

    public override Decision Decide(CareTask state, DecisionContext now) =>
        (now.States.Get<CaseReview>(Stay.ToString()).Decision(Guid.Parse(Key)), Whereabouts.Now(Stay, now)) switch
        {
            (null, _) => [],
            ({ TakenBack: { } reason }, _) => state.IsOpen()
                ? new TaskWithdrawn(now.Now.ToOffset(state.Due.Offset), state.Text, reason)
                : [],
            _ when state.IsKnown() => [],
            (_, null) => [],
            ({ } decision, { } unit) => new TaskRaised(
                unit.Time().Local(now.Now),
                unit.Id,
                Stay,
                decision.Words,
                decision.Owner,
                decision.Due,
                new(decision.Id)
            ),
        };
}
