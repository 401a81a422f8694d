using Handoff.Domain.Kernel;

namespace Handoff.Domain.Notes;

/// <summary>Written and signed in one: the signature is the envelope's name, role, credential and time.</summary>
/// <param name="OccurredAt">What the note speaks of; later than 15 minutes after it, the entry is shown as late.</param>
[Stored("note_signed")]
public sealed record NoteSigned(DateTimeOffset OccurredAt, string Unit, Guid Stay, NoteKind Kind, string Text) : Event(OccurredAt)
{
    private const int Shown = 300;

    public override string Sentence(UnitTime time) => $"{Kind.Words()} note: {Start(Text)}";

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time));

    internal static string Start(string text) =>
        text.Length <= Shown ? text : text[..(char.IsHighSurrogate(text[Shown - 1]) ? Shown - 1 : Shown)] + "…";
}

[Stored("note_addendum_added")]
public sealed record NoteAddendumAdded(DateTimeOffset OccurredAt, string Text) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Addendum to a note: {Text}";

    public override Amendment Amends() => new(null, IsStruck: false);

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, $"Addendum to a note: {NoteSigned.Start(Text)}");
}

/// <summary>The note now reads so; what it read before stays readable.</summary>
/// <param name="Kind">What kind of note it is; null in entries from before this was kept.</param>
[Stored("note_corrected")]
public sealed record NoteCorrected(DateTimeOffset OccurredAt, string Text, string Reason, NoteKind? Kind = null) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"A note was corrected: {Reason}. It now reads: {Text}";

    public override Amendment Amends() => new(null, Replaces: true);

    public override HandoffLine ForHandoff(UnitTime time) =>
        new(HandoffPart.Happened, $"{(Kind is { } kind ? $"{kind.Words()} note" : "A note")}, corrected: {NoteSigned.Start(Text)}");
}

[Stored("note_entered_in_error")]
public sealed record NoteEnteredInError(DateTimeOffset OccurredAt, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"A note was entered in error: {Reason}";

    public override Amendment Amends() => new(null);

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time));
}
