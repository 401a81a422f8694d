using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Tasks;

/// <summary>Say that a task is done, and what came of it.</summary>
/// <param name="Outcome">What came of it, if there is something to say.</param>
public sealed record FinishTask(string? Outcome = null) : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Reads(CareTask state, LoadedStates facts) => TaskRules.Needs(state);

    public override Decision Decide(CareTask state, DecisionContext now) =>
        state switch
        {
            { DoneAt: not null } => [],
            _ when TaskRules.NotOpen(state) is { } refusal => refusal,
            _ when Text.TooLong(Text.Line(Outcome), Text.RemarkLimit, "outcome") is { } refusal => refusal,
            _ => new TaskDone(TaskRules.At(state, now), state.Text, Text.Line(Outcome)),
        };
}
