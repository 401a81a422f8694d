using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Groups;

/// <summary>The session begins, or began at another time than was recorded.</summary>
public sealed record StartGroup(DateTimeOffset? At = null) : Command<Group>
{
    public override Permission Permission => Permission.RecordAttendance;

    public override IEnumerable<string> Reads(Group state, LoadedStates facts) => GroupRules.NeedsUnit(state);

    public override Decision Decide(Group state, DecisionContext now)
    {
        var at = At ?? now.Now;
        return state switch
        {
            _ when GroupRules.NotOn(state) is { } refusal => refusal,
            { StartedAt: not null } when At is null || At == state.StartedAt => [],
            _ when now.Impossible(at, null, "at") is { } refusal => refusal,
            _ when GroupRules.TooEarly(state, at) is { } refusal => refusal,
            _ when at >= state.EndedAt => Refusal.Invalid("start-after-end", "It ended before that. Check both times.", "at"),
            _ => new GroupStarted(GroupRules.Time(state, now).Local(at), state.Topic),
        };
    }
}
