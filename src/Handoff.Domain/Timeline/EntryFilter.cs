using Handoff.Domain.Kernel;

namespace Handoff.Domain.Timeline;

/// <summary>Which entries somebody wants to see; null for all of them.</summary>
/// <param name="Topic">A topic's key, such as <c>rounding</c>.</param>
/// <param name="By">The id of who wrote it down.</param>
/// <param name="Shift">A shift's name on any day, such as <c>Night</c>.</param>
/// <param name="AtLeast">Entries that stand out at least so much.</param>
/// <param name="Words">Each of these words, separated by blanks, is in the entry's sentence, in what amends it, or in why it is
/// pinned.</param>
public sealed record EntryFilter(
    string? Topic = null,
    string? By = null,
    string? Shift = null,
    Significance AtLeast = Significance.Usual,
    string? Words = null
)
{
    public static readonly EntryFilter Everything = new();

    // "2026-11-21 Night": the name follows the date.
    private const int DateLength = 11;

    public bool IsEverything => this == Everything;

    public IReadOnlyList<Entry> In(History history, UnitTime time)
    {
        string[] words = (Words ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return IsEverything ? history.Entries : [.. history.Entries.Where(e => Fits(e) && (words.Length == 0 || Says(e, words, time)))];
    }

    /// <summary>The name of the shift in which it happened, without its date.</summary>
    public static string? ShiftName(EventEnvelope recorded) =>
        recorded.Envelope.Shift is { Length: > DateLength } shift ? shift[DateLength..] : null;

    private bool Fits(Entry entry) =>
        (Topic is null || Topics.TopicOf(entry.Recorded) == Topic)
        && (By is null || entry.Recorded.By.Id == By || entry.Amendments.Any(a => a.By.Id == By))
        && (Shift is null || ShiftName(entry.Recorded) == Shift)
        && entry.Event.Significance() >= AtLeast;

    private static bool Says(Entry entry, string[] words, UnitTime time)
    {
        var text = string.Join(
            ' ',
            entry.Amendments.Select(a => a.Event.Sentence(time)).Prepend(entry.Event.Sentence(time)).Append(entry.Pin?.Word)
        );
        return words.All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}
