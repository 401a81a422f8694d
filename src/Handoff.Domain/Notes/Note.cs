using Handoff.Domain.Kernel;

namespace Handoff.Domain.Notes;

public enum NoteKind
{
    Progress,
    Shift,
    Nursing,
    Group,
    Contact,
    Other,
}

/// <summary>Words that somebody has signed, as they stood from one moment on.</summary>
/// <param name="RecordedAt">When it was signed; <paramref name="At"/> is when it was so.</param>
/// <param name="Reason">Why it replaced what stood before; null for the original and for an addendum.</param>
public sealed record SignedText(
    string Text,
    string By,
    string? Credential,
    DateTimeOffset At,
    DateTimeOffset RecordedAt,
    string? Reason = null
)
{
    public bool IsLate() => RecordedAt - At > EventEnvelope.UsuallyLateAfter;
}

/// <summary>
/// One signed note about a patient, with everything that was ever said in it: nothing is changed or taken away, only added.
/// </summary>
[Stored("note")]
public sealed record Note : State
{
    /// <summary>A generous note has some three thousand words.</summary>
    public const int TextLimit = 20_000;

    public Guid Id { get; init; }

    public Guid Stay { get; init; }

    public string Unit { get; init; } = "";

    public NoteKind Kind { get; init; }

    /// <summary>The staff id of who signed it: nobody else corrects it.</summary>
    public string AuthorId { get; init; } = "";

    /// <summary>The text as it was signed, and each correction after it; the last one is what the note says.</summary>
    public IReadOnlyList<SignedText> Versions { get; init; } = [];

    public IReadOnlyList<SignedText> Addenda { get; init; } = [];

    /// <summary>Who said that it was entered in error, when, and why; null if nobody did.</summary>
    public SignedText? Error { get; init; }

    public bool IsKnown() => Versions.Count > 0;

    public SignedText? Current() => Versions.Count > 0 ? Versions[^1] : null;

    public override string? OnUnit() => IsKnown() ? Unit : null;

    public override Guid? OfStay() => IsKnown() ? Stay : null;

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            NoteSigned e => this with
            {
                Id = Guid.Parse(fact.Key),
                Stay = e.Stay,
                Unit = e.Unit,
                Kind = e.Kind,
                AuthorId = fact.By.Id,
                Versions = [Signed(e.Text, fact)],
            },
            NoteAddendumAdded e => this with { Addenda = [.. Addenda, Signed(e.Text, fact)] },
            NoteCorrected e => this with { Versions = [.. Versions, Signed(e.Text, fact, e.Reason)] },
            NoteEnteredInError e => this with { Error = Signed(e.Reason, fact) },
            _ => this,
        };

    private static SignedText Signed(string text, EventEnvelope fact, string? reason = null) =>
        new(text, fact.By.Name, fact.By.Credential, fact.Event.OccurredAt, fact.At, reason);
}

public static class NoteWords
{
    public static string Words(this NoteKind kind) =>
        kind switch
        {
            NoteKind.Contact => "Family or outside contact",
            _ => kind.ToString(),
        };
}
