using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;

namespace Handoff.Api.Timeline;

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
    Significance Severity,
    int? LateMinutes,
    string Sentence,
    bool IsStruck,
    IReadOnlyList<AmendmentJson> Amendments,
    PinMark? Pin,
    IReadOnlyList<AmendmentJson> Beside
)
{
    public static EntryJson FromEntry(Entry entry, UnitTime time) =>
        new(
            entry.Id,
            entry.Position,
            entry.Event is UnreadableEvent unreadable ? unreadable.Type : EventTypeRegistry.Domain.NameOf(entry.Event),
            Topics.TopicOf(entry.Recorded),
            entry.At,
            entry.Recorded.At,
            entry.Recorded.By.Name,
            entry.Recorded.By.Role,
            entry.Recorded.Envelope.Unit,
            entry.Recorded.Envelope.Shift,
            entry.Event.Significance(),
            entry.IsLate ? (int)entry.Recorded.Delay.TotalMinutes : null,
            entry.Event.Sentence(time),
            entry.IsStruck,
            [.. entry.Amendments.Select(a => AmendmentJson.FromEvent(a, time))],
            entry.Pin,
            [.. entry.Beside.Select(b => AmendmentJson.FromEvent(b, time))]
        );
}
