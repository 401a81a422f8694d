using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

// Commands: the plan of a session and how it went.

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

    public override IEnumerable<string> Needs(Group state, Facts facts) =>
        Units.Unit.IsId(Unit) ? [StreamId.For(StateKind<Unit>.Name, Unit!)] : [];

    public override Decision Decide(Group state, Situation now) =>
        state switch
        {
            _ when !GroupRules.IsId(Key) => Refusal.Invalid("group-id-invalid", "A session's id is a UUID in small letters.", "group"),
            _ when string.IsNullOrEmpty(Unit) => Refusal.Missing("unit", "Say which unit."),
            _ when !now.Facts.Of<Unit>(Unit).IsOpen() => Refusal.NotFound("unit-unknown", "There is no such unit.", "unit"),
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

    private GroupScheduled Planned(Situation now)
    {
        var time = now.Facts.Of<Unit>(Unit!).Time();
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

/// <summary>The session begins, or began at another time than was recorded.</summary>
public sealed record StartGroup(DateTimeOffset? At = null) : Command<Group>
{
    public override Permission Permission => Permission.RecordAttendance;

    public override IEnumerable<string> Needs(Group state, Facts facts) => GroupRules.NeedsUnit(state);

    public override Decision Decide(Group state, Situation now)
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

public sealed record EndGroup(DateTimeOffset? At = null) : Command<Group>
{
    public override Permission Permission => Permission.RecordAttendance;

    public override IEnumerable<string> Needs(Group state, Facts facts) => GroupRules.NeedsUnit(state);

    public override Decision Decide(Group state, Situation now)
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

/// <summary>The session does not take place.</summary>
public sealed record CancelGroup(string? Reason) : Command<Group>
{
    public override Permission Permission => Permission.ScheduleGroup;

    public override IEnumerable<string> Needs(Group state, Facts facts) => GroupRules.NeedsUnit(state);

    public override Decision Decide(Group state, Situation now) =>
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

internal static class GroupRules
{
    public const int TopicLimit = 120;

    /// <summary>A session begins, and is recorded, at most this long before its planned start.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromHours(2);

    public static readonly Refusal Unknown = Refusal.NotFound("group-unknown", "There is no such session.", "group");

    public static bool IsId(string key) => Guid.TryParse(key, out var id) && id.ToString() == key;

    public static Refusal? NotOn(Group state) =>
        state switch
        {
            _ when !state.IsKnown() => Unknown,
            { CancelReason: not null } => new("group-cancelled", "The session was cancelled. Plan another one."),
            _ => null,
        };

    public static Refusal? TooEarly(Group state, DateTimeOffset at) =>
        at < state.Starts - Early ? new("group-not-yet", "That is long before the session. Check the day.", "at") : null;

    public static IEnumerable<string> NeedsUnit(Group state) => state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    public static UnitTime Time(Group state, Situation now) => now.Facts.Of<Unit>(state.Unit ?? "").Time();
}
