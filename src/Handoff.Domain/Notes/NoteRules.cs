using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Notes;

internal static class NoteRules
{
    public static IEnumerable<string> Needs(Note state) => state.IsKnown() ? [StreamId.For(StateKind<Unit>.Name, state.Unit)] : [];

    public static DateTimeOffset At(Note state, DecisionContext now) => now.States.Get<Unit>(state.Unit).Time().Local(now.Now);

    public static Refusal? NotStanding(Note state) =>
        state switch
        {
            _ when !state.IsKnown() => Refusal.NotFound("note-unknown", "There is no such note.", "note"),
            { Error: not null } => new("note-in-error", "The note was entered in error. Write a new one."),
            _ => null,
        };

    public static Refusal? NotTheirs(Note state, DecisionContext now) =>
        state.AuthorId == now.By.Staff.Id
            ? null
            : Refusal.NotPermitted("note-not-yours", "Only its author corrects a note or takes it back. Add an addendum.");

    public static Refusal? WrongText(string? text, string field, string says) =>
        Text.Block(text) switch
        {
            null => Refusal.Missing(field, says),
            var block => Text.TooLong(block, Note.TextLimit, field),
        };

    public static Refusal? WrongReason(string? reason) =>
        Text.Line(reason) switch
        {
            null => Refusal.Missing("reason", "Give a reason."),
            var line => Text.TooLong(line, Text.RemarkLimit, "reason"),
        };
}
