using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Notes;

// Commands

/// <summary>Write and sign a note under a new UUID.</summary>
/// <param name="At">When what it tells of was; now if it isn't given.</param>
public sealed record SignNote(Guid? Stay, NoteKind? Kind, string? Text, DateTimeOffset? At = null) : Command<Note>
{
    public override Permission Permission => Permission.WriteNote;

    public override IEnumerable<string> Needs(Note state, Facts facts) => Whereabouts.Needs(Stay, null, facts);

    public override Decision Decide(Note state, Situation now)
    {
        var stay = now.Facts.Of<Stay>(Stay?.ToString() ?? "");
        return state switch
        {
            _ when !StayRules.IsId(Key) => Refusal.Invalid("note-id-invalid", "A note's id is a UUID in small letters.", "note"),
            _ when state.IsKnown() => [],
            _ when Stay is null => Refusal.Missing("stay", "Say about which patient."),
            _ when !stay.IsKnown() || stay.IsCancelled => StayRules.Unknown,
            _ when !now.By.WorksOn(stay.Where()!.Unit) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when Kind is null => Refusal.Missing("kind", "Say what kind of note it is."),
            _ when NoteRules.WrongText(Text, "text", "Write the note.") is { } refusal => refusal,
            _ when now.Impossible(At ?? now.Now, stay.AdmittedAt, "at") is { } refusal => refusal,
            _ => new NoteSigned(
                now.Facts.Of<Unit>(stay.Where()!.Unit).Time().Local(At ?? now.Now),
                stay.Where()!.Unit,
                stay.Id,
                Kind.Value,
                Kernel.Text.Block(Text)!
            ),
        };
    }
}

/// <summary>Add to a note what was not known or not said.</summary>
public sealed record AddAddendum(string? Text) : Command<Note>
{
    public override Permission Permission => Permission.WriteNote;

    public override IEnumerable<string> Needs(Note state, Facts facts) => NoteRules.Needs(state);

    public override Decision Decide(Note state, Situation now) =>
        (NoteRules.NotStanding(state) ?? NoteRules.WrongText(Text, "text", "Write the addendum.")) is { } refusal
            ? refusal
            : new NoteAddendumAdded(NoteRules.At(state, now), Kernel.Text.Block(Text)!);
}

/// <summary>Put right what the note says. Only its author does; anybody else adds an addendum.</summary>
public sealed record CorrectNote(string? Text, string? Reason) : Command<Note>
{
    public override Permission Permission => Permission.WriteNote;

    public override IEnumerable<string> Needs(Note state, Facts facts) => NoteRules.Needs(state);

    public override Decision Decide(Note state, Situation now) =>
        state switch
        {
            _ when NoteRules.NotStanding(state) is { } refusal => refusal,
            _ when NoteRules.NotTheirs(state, now) is { } refusal => refusal,
            _ when NoteRules.WrongText(Text, "text", "Write what the note should say.") is { } refusal => refusal,
            _ when Kernel.Text.Block(Text) == state.Current()!.Text => [],
            _ when NoteRules.WrongReason(Reason) is { } refusal => refusal,
            _ => new NoteCorrected(NoteRules.At(state, now), Kernel.Text.Block(Text)!, Kernel.Text.Line(Reason)!, state.Kind),
        };
}

/// <summary>Say that the note should not be here: it is of another patient, or it is not so. It stays readable, struck through.</summary>
public sealed record StrikeNote(string? Reason) : Command<Note>
{
    public override Permission Permission => Permission.WriteNote;

    public override IEnumerable<string> Needs(Note state, Facts facts) => NoteRules.Needs(state);

    public override Decision Decide(Note state, Situation now) =>
        state switch
        {
            { Error: not null } => [],
            _ when NoteRules.NotStanding(state) is { } refusal => refusal,
            _ when NoteRules.NotTheirs(state, now) is { } refusal => refusal,
            _ when NoteRules.WrongReason(Reason) is { } refusal => refusal,
            _ => new NoteEnteredInError(NoteRules.At(state, now), Text.Line(Reason)!),
        };
}

internal static class NoteRules
{
    public static IEnumerable<string> Needs(Note state) => state.IsKnown() ? [StreamId.For(StateKind<Unit>.Name, state.Unit)] : [];

    public static DateTimeOffset At(Note state, Situation now) => now.Facts.Of<Unit>(state.Unit).Time().Local(now.Now);

    public static Refusal? NotStanding(Note state) =>
        state switch
        {
            _ when !state.IsKnown() => Refusal.NotFound("note-unknown", "There is no such note.", "note"),
            { Error: not null } => new("note-in-error", "The note was entered in error. Write a new one."),
            _ => null,
        };

    public static Refusal? NotTheirs(Note state, Situation now) =>
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
