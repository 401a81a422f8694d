using Handoff.Api.Store;
using Handoff.Domain.Access;
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
    public static TimelineJson Of(Guid stay, History history, Leaf leaf, UnitTime time) =>
        new(
            stay,
            history.Position,
            [.. leaf.Entries.Select(e => EntryJson.Of(e, time))],
            leaf.Earlier,
            leaf.Later,
            [.. history.Pinned.Select(e => EntryJson.Of(e, time))]
        );
}

/// <summary>An entry, with what was added to it later.</summary>
/// <param name="Type">The event's stored name.</param>
/// <param name="Kind">What it is about: the kind of its stream.</param>
/// <param name="Shift">The shift in which it happened, such as <c>2026-11-21 Night</c>.</param>
/// <param name="LateMinutes">Minutes between the event and its entry, if that is a late one.</param>
/// <param name="Beside">Later entries that say otherwise; both stand.</param>
/// <param name="IsStruck">It no longer stands: corrected, or made in error.</param>
public sealed record EntryJson(
    Guid Id,
    long Position,
    string Type,
    string Kind,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    string By,
    Role Role,
    string? Unit,
    string? Shift,
    Gravity Severity,
    int? LateMinutes,
    string Sentence,
    bool IsStruck,
    IReadOnlyList<AmendmentJson> Amendments,
    PinMark? Pin,
    IReadOnlyList<AmendmentJson> Beside
)
{
    public static EntryJson Of(Entry entry, UnitTime time) =>
        new(
            entry.Id,
            entry.Position,
            entry.Event is UnreadableEvent unreadable ? unreadable.Type : Names.Domain.Of(entry.Event),
            Topics.Of(entry.Recorded),
            entry.At,
            entry.Recorded.At,
            entry.Recorded.By.Name,
            entry.Recorded.By.Role,
            entry.Recorded.Envelope.Unit,
            entry.Recorded.Envelope.Shift,
            entry.Event.Gravity(),
            entry.IsLate ? (int)entry.Recorded.Delay.TotalMinutes : null,
            entry.Event.Sentence(time),
            entry.IsStruck,
            [.. entry.Amendments.Select(a => AmendmentJson.Of(a, time))],
            entry.Pin,
            [.. entry.Beside.Select(b => AmendmentJson.Of(b, time))]
        );
}

public sealed record AmendmentJson(Guid Id, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string By, string Sentence)
{
    public static AmendmentJson Of(Recorded recorded, UnitTime time) =>
        new(recorded.Id, recorded.Event.OccurredAt, recorded.At, recorded.By.Name, recorded.Event.Sentence(time));
}
