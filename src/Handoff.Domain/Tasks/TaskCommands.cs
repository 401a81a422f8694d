using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tasks;

// Commands

/// <summary>Raise a task under a new UUID.</summary>
/// <param name="Stay">The patient; the unit is then the patient's own.</param>
/// <param name="Unit">The unit's id, where no patient is named.</param>
/// <param name="Owner">A person, or a role of the unit.</param>
public sealed record RaiseTask(
    string? Text,
    TaskOwner? Owner,
    DateTimeOffset? Due,
    Guid? Stay = null,
    string? Unit = null,
    TaskOrigin? From = null
) : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Needs(CareTask state, Facts facts) => Whereabouts.Needs(Stay, Unit, facts);

    public override Decision Decide(CareTask state, Situation now)
    {
        var (unit, wrong) = Whereabouts.Of(Stay, Unit, now);
        return state switch
        {
            _ when !StayRules.IsId(Key) => Refusal.Invalid("task-id-invalid", "A task's id is a UUID in small letters.", "task"),
            _ when state.IsKnown() => [],
            _ when wrong is not null => wrong,
            _ when TaskRules.WrongText(Text) is { } refusal => refusal,
            _ when TaskRules.WrongOwner(Owner) is { } refusal => refusal,
            _ when TaskRules.WrongTime(Due, now, "due") is { } refusal => refusal,
            _ when Kernel.Text.TooLong(From?.Line, Kernel.Text.NameLimit, "from") is { } refusal => refusal,
            _ => new TaskRaised(
                unit!.Time().Local(now.Now),
                unit.Id,
                Stay,
                Kernel.Text.Line(Text)!,
                TaskOwner.Clean(Owner)!,
                unit.Time().Local(Due!.Value),
                Origin()
            ),
        };
    }

    private TaskOrigin? Origin() =>
        From is null || (From.Event is null && Kernel.Text.Line(From.Line) is null) ? null : new(From.Event, Kernel.Text.Line(From.Line));
}

/// <summary>Say that you do it.</summary>
public sealed record TakeTask : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Needs(CareTask state, Facts facts) => TaskRules.Needs(state);

    public override Decision Decide(CareTask state, Situation now) =>
        state switch
        {
            _ when TaskRules.NotOpen(state) is { } refusal => refusal,
            { TakenAt: not null } when state.Owner.Person == now.By.Staff.Id => [],
            { TakenAt: not null } => new Refusal(
                "task-taken",
                $"{state.Owner.Words()} has taken it. Pass it on to yourself if that was agreed."
            ),
            _ => new TaskTaken(TaskRules.At(state, now), state.Text, TaskOwner.Of(now.By.Staff)),
        };
}

/// <param name="Outcome">What came of it, if there is something to say.</param>
public sealed record FinishTask(string? Outcome = null) : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Needs(CareTask state, Facts facts) => TaskRules.Needs(state);

    public override Decision Decide(CareTask state, Situation now) =>
        state switch
        {
            { DoneAt: not null } => [],
            _ when TaskRules.NotOpen(state) is { } refusal => refusal,
            _ when Text.TooLong(Text.Line(Outcome), Text.RemarkLimit, "outcome") is { } refusal => refusal,
            _ => new TaskDone(TaskRules.At(state, now), state.Text, Text.Line(Outcome)),
        };
}

/// <summary>Put it off, and say why. How often that was done is kept and shown.</summary>
public sealed record DeferTask(DateTimeOffset? Until, string? Reason) : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Needs(CareTask state, Facts facts) => TaskRules.Needs(state);

    public override Decision Decide(CareTask state, Situation now) =>
        state switch
        {
            _ when TaskRules.NotOpen(state) is { } refusal => refusal,
            _ when TaskRules.WrongTime(Until, now, "until") is { } refusal => refusal,
            _ when TaskRules.WrongReason(Reason) is { } refusal => refusal,
            { Deferrals: [.., var latest] } when latest.Until == Until && latest.Reason == Text.Line(Reason) => [],
            _ when Until <= state.Due => Refusal.Invalid(
                "deferral-earlier",
                "That is no later than it is due now. To defer is to put off.",
                "until"
            ),
            _ => new TaskDeferred(
                TaskRules.At(state, now),
                state.Text,
                state.Due,
                TaskRules.Time(state, now).Local(Until!.Value),
                Text.Line(Reason)!,
                state.Deferrals.Count + 1
            ),
        };
}

/// <summary>Pass it on to another person or role, and say why.</summary>
public sealed record ReownTask(TaskOwner? Owner, string? Reason) : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Needs(CareTask state, Facts facts) => TaskRules.Needs(state);

    public override Decision Decide(CareTask state, Situation now) =>
        state switch
        {
            _ when TaskRules.NotOpen(state) is { } refusal => refusal,
            _ when TaskRules.WrongOwner(Owner) is { } refusal => refusal,
            _ when TaskRules.WrongReason(Reason) is { } refusal => refusal,
            _ when TaskOwner.Clean(Owner) == state.Owner => [],
            _ => new TaskReowned(TaskRules.At(state, now), state.Text, state.Owner, TaskOwner.Clean(Owner)!, Text.Line(Reason)!),
        };
}

/// <summary>Say that a task was not done by its time; once for each time that it has.</summary>
[Internal]
public sealed record FindTaskOverdue : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Needs(CareTask state, Facts facts) => TaskRules.Needs(state);

    public override Decision Decide(CareTask state, Situation now) =>
        state.IsOverdue(now.Now) && !state.IsSaidOverdue
            ? new TaskOverdue(TaskRules.Time(state, now).Local(state.Due), state.Text, state.Owner)
            : [];
}

/// <summary>Bring a patient's task to the unit where the patient is now.</summary>
[Internal]
public sealed record MoveTask : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Needs(CareTask state, Facts facts) =>
        state.Stay is { } stay ? Whereabouts.Needs(stay, null, facts) : [];

    public override Decision Decide(CareTask state, Situation now) =>
        state is { Stay: { } stay } && state.IsOpen() && Whereabouts.Now(stay, now) is { } there && there.Id != state.Unit
            ? new TaskMoved(there.Time().Local(now.Now), state.Text, there.Id)
            : [];
}

internal static class TaskRules
{
    public static IEnumerable<string> Needs(CareTask state) => state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    public static UnitTime Time(CareTask state, Situation now) => now.Facts.Of<Unit>(state.Unit ?? "").Time();

    public static DateTimeOffset At(CareTask state, Situation now) => Time(state, now).Local(now.Now);

    public static Refusal? NotOpen(CareTask state) =>
        state switch
        {
            _ when !state.IsKnown() => Refusal.NotFound("task-unknown", "There is no such task.", "task"),
            { DoneAt: not null } => new("task-done", "The task is done. Raise another if there is more to do."),
            { Withdrawn: not null } => new("task-withdrawn", "The task is withdrawn: what it was raised from no longer stands."),
            _ => null,
        };

    public static Refusal? WrongText(string? text) =>
        Text.Line(text) switch
        {
            null => Refusal.Missing("text", "Say what is to be done."),
            var line => Text.TooLong(line, CareTask.TextLimit, "text"),
        };

    public static Refusal? WrongOwner(TaskOwner? owner) =>
        TaskOwner.Clean(owner) switch
        {
            null => Refusal.Missing("owner", "Say who does it: a person or a role."),
            var named => Text.TooLong(named.Person, Text.NameLimit, "owner") ?? Text.TooLong(named.Name, Text.NameLimit, "owner"),
        };

    public static Refusal? WrongReason(string? reason) =>
        Text.Line(reason) switch
        {
            null => Refusal.Missing("reason", "Give a reason."),
            var line => Text.TooLong(line, Text.RemarkLimit, "reason"),
        };

    public static Refusal? WrongTime(DateTimeOffset? at, Situation now, string field) =>
        at switch
        {
            null => Refusal.Missing(field, "Say by when."),
            _ when at <= now.Now => Refusal.Invalid("due-in-past", "That time has already passed. Check the day and the time.", field),
            _ when at > now.Now.AddYears(1) => Refusal.Invalid("time-absurd", "That is more than a year ahead. Check the date.", field),
            _ => null,
        };
}
