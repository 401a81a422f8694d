using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <param name="Entry">The pinned event's id.</param>
[Stored("entry_pinned")]
public sealed record EntryPinned(DateTimeOffset OccurredAt, Guid Entry, string? Word) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"An entry was pinned at {time.Clock(OccurredAt)}{(Word is null ? "." : $": {Word}")}";

    public override Significance Significance() => Kernel.Significance.Silent;
}

[Stored("entry_unpinned")]
public sealed record EntryUnpinned(DateTimeOffset OccurredAt, Guid Entry) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"An entry was unpinned at {time.Clock(OccurredAt)}.";

    public override Significance Significance() => Kernel.Significance.Silent;
}

/// <param name="Word">Why it is pinned, if somebody said.</param>
public sealed record Pin(Guid Entry, string? Word);

/// <summary>Keep an entry of the patient's timeline on top of it.</summary>
/// <param name="Word">Why, at most 200 characters. Pinned again with another word, the new one stands.</param>
public sealed record PinEntry(Guid? Entry, string? Word = null) : Command<Stay>
{
    /// <summary>More than this on top and nothing stands out.</summary>
    public const int Most = 20;

    public const int WordLimit = 200;

    public override Permission Permission => Permission.PinEntries;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now) =>
        state switch
        {
            _ when !state.IsKnown() => StayRules.Unknown,
            _ when Entry is null => Refusal.Missing("entry", "Say which entry."),
            _ when Text.TooLong(Text.Line(Word), WordLimit, "word") is { } refusal => refusal,
            _ when state.Pinned.Contains(new(Entry.Value, Text.Line(Word))) => [],
            _ when state.Pinned.All(p => p.Entry != Entry) && state.Pinned.Count >= Most => new Refusal(
                "pins-too-many",
                $"{Most} entries are pinned already. Unpin one first."
            ),
            _ => new EntryPinned(StayRules.Time(state, null, now), Entry.Value, Text.Line(Word)),
        };
}
