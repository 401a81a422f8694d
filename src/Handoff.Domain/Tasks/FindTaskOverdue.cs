using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tasks;

/// <summary>Say that a task was not done by its time; once for each time that it has.</summary>
[Internal]
public sealed record FindTaskOverdue : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Reads(CareTask state, LoadedStates facts) => TaskRules.Needs(state);

    public override Decision Decide(CareTask state, DecisionContext now) =>
        state.IsOverdue(now.Now) && !state.IsSaidOverdue
            ? new TaskOverdue(TaskRules.Time(state, now).Local(state.Due), state.Text, state.Owner)
            : [];
}
