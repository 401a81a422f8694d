using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Tasks;

/// <summary>Pass it on to another person or role, and say why.</summary>
public sealed record ReownTask(TaskOwner? Owner, string? Reason) : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Reads(CareTask state, LoadedStates facts) => TaskRules.Needs(state);

    public override Decision Decide(CareTask state, DecisionContext now) =>
        state switch
        {
            _ when TaskRules.NotOpen(state) is { } refusal => refusal,
            _ when TaskRules.WrongOwner(Owner) is { } refusal => refusal,
            _ when TaskRules.WrongReason(Reason) is { } refusal => refusal,
            _ when TaskOwner.Clean(Owner) == state.Owner => [],
            _ => new TaskReowned(TaskRules.At(state, now), state.Text, state.Owner, TaskOwner.Clean(Owner)!, Text.Line(Reason)!),
        };
}
