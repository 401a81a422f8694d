using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

internal static class ShiftRules
{
    /// <summary>Of a shift: its unit, and who is in charge there.</summary>
    public static IEnumerable<string> Needs(string? key) =>
        ShiftKey.Unit(key) is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit), StreamId.For(StateKind<Charge>.Name, unit)] : [];

    public static Unit Unit(string key, DecisionContext now) => now.States.Get<Unit>(ShiftKey.Unit(key) ?? "");

    public static UnitTime Time(string key, DecisionContext now) => Unit(key, now).Time();

    public static DatedShift Dated(string key, DecisionContext now) => Unit(key, now).In(key)!;

    public static Refusal? NotThere(string key, DecisionContext now) =>
        Unit(key, now) switch
        {
            { } unit when !unit.IsOpen() || unit.In(key) is null => Refusal.NotFound(
                "shift-unknown",
                "The unit's pattern has no such shift.",
                "shift"
            ),
            { } unit when !now.By.WorksOn(unit.Id) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ => null,
        };

    public static Refusal? NotYours(string key, Staff who, DecisionContext now) =>
        who.Id == now.By.Staff.Id || LeadsOn(ShiftKey.Unit(key), now)
            ? null
            : Refusal.NotPermitted("only-for-yourself", "Only who is in charge says it for somebody else.");

    public static Refusal? Wrong(Staff who) =>
        who switch
        {
            { Role: Role.Display or Role.Integration or Role.Feed or Role.Auditor } => Refusal.Invalid(
                "not-a-person-on-the-floor",
                "A display or a machine can't be responsible for patients.",
                "who"
            ),
            _ when Text.Line(who.Id) is null || who.Id.Length > 100 || Text.Line(who.Name) is null => Refusal.Missing("who", "Say who."),
            _ => Text.TooLong(who.Name, Text.NameLimit, "who") ?? Text.TooLong(who.Credential, Text.NameLimit, "who"),
        };

    /// <summary>Whoever assigns patients by role, and who is in charge of the unit.</summary>
    public static bool LeadsOn(string? unit, DecisionContext now) =>
        now.May(Permission.AssignPatients)
        || (unit is not null && now.States.Get<Charge>(unit).InChargeOf(now.States.Get<Unit>(unit))?.Id == now.By.Staff.Id);

    public static IEnumerable<Event> Opened(Shift state, string key, DecisionContext now) =>
        state.IsOpen()
            ? []
            :
            [
                new ShiftOpened(
                    Time(key, now).Local(now.Now),
                    ShiftKey.Unit(key)!,
                    Dated(key, now).Name,
                    Dated(key, now).Starts,
                    Dated(key, now).Ends
                ),
            ];
}
