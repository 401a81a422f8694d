using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

/// <summary>The session does not take place.</summary>
public sealed record CancelGroup(string? Reason) : Command<Group>
{
    public override Permission Permission => Permission.ScheduleGroup;

    public override IEnumerable<string> Reads(Group state, LoadedStates facts) => GroupRules.NeedsUnit(state);

    public override Decision Decide(Group state, DecisionContext now) =>
        state switch
        {
            _ when !state.IsKnown() => GroupRules.Unknown,
            { CancelReason: not null } => [],
            _ when Text.Line(Reason) is null => Refusal.Missing("reason", "Give a reason."),
            _ when Text.TooLong(Text.Line(Reason), Text.RemarkLimit, "reason") is { } refusal => refusal,
            _ when state.StartedAt is not null || state.Attendance.Count > 0 => new Refusal(
                "group-held",
                "It has begun. End it, and record who took part."
            ),
            _ => new GroupCancelled(GroupRules.Time(state, now).Local(now.Now), state.Topic, Text.Line(Reason)!),
        };
}
