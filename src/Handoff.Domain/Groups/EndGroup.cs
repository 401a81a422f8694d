using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Groups;

/// <summary>Say that a group session is over.</summary>
public sealed record EndGroup(DateTimeOffset? At = null) : Command<Group>
{
    public override Permission Permission => Permission.RecordAttendance;

    public override IEnumerable<string> Reads(Group state, LoadedStates facts) => GroupRules.NeedsUnit(state);

    public override Decision Decide(Group state, DecisionContext now)
    {
        var at = At ?? now.Now;
        return state switch
        {
            _ when GroupRules.NotOn(state) is { } refusal => refusal,
            { StartedAt: null } => new Refusal("group-not-started", "Start the group first, with the time at which it began.", "at"),
            { EndedAt: not null } when At is null || At == state.EndedAt => [],
            _ when now.Impossible(at, null, "at") is { } refusal => refusal,
            _ when at <= state.StartedAt => Refusal.Invalid("end-before-start", "It began after that. Check both times.", "at"),
            _ => new GroupEnded(GroupRules.Time(state, now).Local(at), state.Topic),
        };
    }
}
