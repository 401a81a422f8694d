using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

/// <summary>Plan one session. A recurring one is a session for each of its dates, made by <see cref="Recurrence"/>.</summary>
/// <param name="Starts">A session that nobody planned may be entered up to a day afterwards.</param>
/// <param name="Minutes">How long, 5 to 480.</param>
/// <param name="Capacity">How many may take part; more are never refused.</param>
/// <param name="Goal">What the session is for, in the plan's words.</param>
/// <param name="Series">The same for sessions that belong together.</param>
public sealed record ScheduleGroup(
    string? Unit,
    GroupType? Type,
    string? Topic,
    string? Facilitator,
    DateTimeOffset? Starts,
    int? Minutes,
    string? Room = null,
    int? Capacity = null,
    string? Goal = null,
    Guid? Series = null
) : Command<Group>
{
    public override Permission Permission => Permission.ScheduleGroup;

    public override IEnumerable<string> Reads(Group state, LoadedStates facts) =>
        Units.Unit.IsId(Unit) ? [StreamId.For(StateKind<Unit>.Name, Unit!)] : [];

    public override Decision Decide(Group state, DecisionContext now) =>
        state switch
        {
            _ when !GroupRules.IsId(Key) => Refusal.Invalid("group-id-invalid", "A session's id is a UUID in small letters.", "group"),
            _ when string.IsNullOrEmpty(Unit) => Refusal.Missing("unit", "Say which unit."),
            _ when !now.States.Get<Unit>(Unit).IsOpen() => Refusal.NotFound("unit-unknown", "There is no such unit.", "unit"),
            _ when !now.By.WorksOn(Unit) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when Type is null => Refusal.Missing("type", "Choose what kind of group it is."),
            _ when Text.Line(Topic) is null => Refusal.Missing("topic", "Say what the group is about."),
            _ when Text.TooLong(Text.Line(Topic), GroupRules.TopicLimit, "topic") is { } refusal => refusal,
            _ when Text.Line(Facilitator) is null => Refusal.Missing("facilitator", "Say who leads the group."),
            _ when Text.TooLong(Text.Line(Facilitator), Text.NameLimit, "facilitator") is { } refusal => refusal,
            _ when Text.TooLong(Text.Line(Room), 40, "room") is { } refusal => refusal,
            _ when Text.TooLong(Text.Line(Goal), Text.RemarkLimit, "goal") is { } refusal => refusal,
            _ when Capacity is < 1 or > 200 => Refusal.Invalid(
                "capacity-out-of-range",
                "Between 1 and 200 can take part. Leave it empty for everybody.",
                "capacity"
            ),
            _ when Starts is null => Refusal.Missing("starts", "Say when it starts."),
            _ when Starts < now.Now.AddDays(-1) => Refusal.Invalid(
                "starts-long-ago",
                "That is more than a day ago. Check the date.",
                "starts"
            ),
            _ when Starts > now.Now.AddYears(1) => Refusal.Invalid(
                "starts-far-off",
                "That is more than a year ahead. Check the date.",
                "starts"
            ),
            _ when Minutes is not (>= 5 and <= 480) => Refusal.Invalid(
                "minutes-out-of-range",
                "A group lasts 5 to 480 minutes.",
                "minutes"
            ),
            _ when !state.IsKnown() => Planned(now),
            _ when IsPlanOf(state) => [],
            _ => new Refusal("group-exists", "This session is planned already. Cancel it and plan another."),
        };

    private GroupScheduled Planned(DecisionContext now)
    {
        var time = now.States.Get<Unit>(Unit!).Time();
        var starts = time.Local(Starts!.Value);
        return new(
            time.Local(now.Now),
            Unit!,
            Type!.Value,
            Text.Line(Topic)!,
            Text.Line(Facilitator)!,
            Text.Line(Room),
            Capacity,
            Text.Line(Goal),
            DateOnly.FromDateTime(starts.DateTime),
            starts,
            time.Local(starts.AddMinutes(Minutes!.Value)),
            Series
        );
    }

    private bool IsPlanOf(Group state) =>
        (state.Unit, state.Type, state.Topic, state.Starts, state.Ends)
        == (Unit, Type, Text.Line(Topic), Starts, Starts!.Value.AddMinutes(Minutes!.Value));
}
