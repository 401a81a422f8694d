using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tasks;

internal static class TaskRules
{
    public static IEnumerable<string> Needs(CareTask state) => state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    public static UnitTime Time(CareTask state, DecisionContext now) => now.States.Get<Unit>(state.Unit ?? "").Time();

    public static DateTimeOffset At(CareTask state, DecisionContext now) => Time(state, now).Local(now.Now);

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

    public static Refusal? WrongTime(DateTimeOffset? at, DecisionContext now, string field) =>
        at switch
        {
            null => Refusal.Missing(field, "Say by when."),
            _ when at <= now.Now => Refusal.Invalid("due-in-past", "That time has already passed. Check the day and the time.", field),
            _ when at > now.Now.AddYears(1) => Refusal.Invalid("time-absurd", "That is more than a year ahead. Check the date.", field),
            _ => null,
        };
}
