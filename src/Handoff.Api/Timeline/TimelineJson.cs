using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;

namespace Handoff.Api.Timeline;

/// <summary>A page of a patient's timeline, newest first.</summary>
/// <param name="Position">The log position up to which it speaks.</param>
/// <param name="Before">Asks for the next older page as <c>?before=</c>; null on the oldest.</param>
/// <param name="After">Asks for the next newer page as <c>?after=</c>; null on the newest.</param>
/// <param name="Pinned">The pinned entries, on whatever page they are.</param>
public sealed record TimelineJson(
    Guid Stay,
    long Position,
    IReadOnlyList<EntryJson> Entries,
    long? Before,
    long? After,
    IReadOnlyList<EntryJson> Pinned
)
{
    public static TimelineJson FromPage(Guid stay, History history, EntryPage leaf, UnitTime time) =>
        new(
            stay,
            history.Position,
            [.. leaf.Entries.Select(e => EntryJson.FromEntry(e, time))],
            leaf.Earlier,
            leaf.Later,
            [.. history.Pinned.Select(e => EntryJson.FromEntry(e, time))]
        );
}

public sealed record AmendmentJson(Guid Id, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string By, string Sentence)
{
    public static AmendmentJson FromEvent(EventEnvelope recorded, UnitTime time) =>
        new(recorded.Id, recorded.Event.OccurredAt, recorded.At, recorded.By.Name, recorded.Event.Sentence(time));
}
