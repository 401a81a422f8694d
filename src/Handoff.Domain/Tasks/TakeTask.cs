using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tasks;

/// <summary>Say that you do it.</summary>
public sealed record TakeTask : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Reads(CareTask state, LoadedStates facts) => TaskRules.Needs(state);

    public override Decision Decide(CareTask state, DecisionContext now) =>
        state switch
        {
            _ when TaskRules.NotOpen(state) is { } refusal => refusal,
            { TakenAt: not null } when state.Owner.Person == now.By.Staff.Id => [],
            { TakenAt: not null } => new Refusal(
                "task-taken",
                $"{state.Owner.Words()} has taken it. Pass it on to yourself if that was agreed."
            ),
            _ => new TaskTaken(TaskRules.At(state, now), state.Text, TaskOwner.ForStaff(now.By.Staff)),
        };
}
