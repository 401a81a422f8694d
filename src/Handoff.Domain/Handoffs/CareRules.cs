using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

internal static class CareRules
{
    public static readonly Refusal NeedsLead = Refusal.NotPermitted(
        "needs-charge",
        "Only who is in charge of the unit, or a supervisor, does that."
    );

    public static IEnumerable<string> Needs(Care state) =>
        state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit), StreamId.For(StateKind<Charge>.Name, unit)] : [];

    public static IEnumerable<string> NeedsShift(string? shift) =>
        ShiftKey.Unit(shift) is null ? [] : [StreamId.For(StateKind<Shift>.Name, shift!)];

    public static Refusal? NotRunning(Care state) =>
        state switch
        {
            { BeganAt: null } => Refusal.NotFound("stay-unknown", "There is no such stay.", "stay"),
            { IsOver: true } => new("stay-over", "The patient is not here any more. Nobody hands them over."),
            _ => null,
        };

    public static bool Leads(Care state, DecisionContext now) => ShiftRules.LeadsOn(state.Unit, now);

    public static Staff? Responsible(Care state, DecisionContext now) =>
        state.Responsible(now.States.Get<Charge>(state.Unit!), now.States.Get<Unit>(state.Unit!));

    public static bool IsResponsible(Care state, DecisionContext now) => Responsible(state, now)?.Id == now.By.Staff.Id;

    public static OnShift? On(string? person, string? shift, DecisionContext now) => now.States.Get<Shift>(shift!).On(person);

    /// <summary>The refusal of somebody who is not on a shift of the patient's unit that has not ended, or null.</summary>
    public static Refusal? NotOn(Care state, string? person, string? shift, DecisionContext now) =>
        shift switch
        {
            _ when string.IsNullOrEmpty(person) => Refusal.Missing("person", "Say who."),
            null or "" => Refusal.Missing("shift", "Say on which shift."),
            _ when ShiftKey.Unit(shift) != state.Unit => Refusal.Invalid("shift-unknown", "The patient's unit has no such shift.", "shift"),
            _ when On(person, shift, now) is null => new(
                "person-not-on",
                "That person is not on that shift. They come on first.",
                "person"
            ),
            _ when now.States.Get<Shift>(shift).Ends <= now.Now => new(
                "shift-over",
                "That shift is over. Choose one that is on or comes next.",
                "shift"
            ),
            _ => null,
        };

    public static Refusal? WrongWords(string? words, string field, string says) =>
        Text.Line(words) is null ? Refusal.Missing(field, says) : Text.TooLong(Text.Line(words), Text.RemarkLimit, field);

    public static DateTimeOffset Time(Care state, DecisionContext now) => now.States.Get<Unit>(state.Unit!).Time().Local(now.Now);
}
