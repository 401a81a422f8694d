using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Timeline;

/// <summary>
/// The same over and over, such as limits that passed without a check, newest first: how many there were, the worst, and the last.
/// </summary>
public sealed record RepeatedLine(IReadOnlyList<Entry> Entries) : Line
{
    /// <summary>The line's own id: that of its oldest entry, which stays the same while the line grows.</summary>
    public Guid Id => Entries[^1].Id;

    public DateTimeOffset From => Entries[^1].At;

    public DateTimeOffset To => Entries[0].At;

    /// <summary>How much the gravest of them stands out.</summary>
    public Significance Gravity => Entries.Max(e => e.Event.Significance());

    /// <summary><c>4 limits passed without a check, at worst 41 min, the last at 03:12</c>.</summary>
    public string Words(UnitTime time) =>
        $"{Entries.Count} {Bearing(Entries[0])!.Many}"
        + $"{(Entries.Max(e => Bearing(e)!.Extent) is { } worst ? $", at worst {UnitTime.Span(worst)}" : "")}"
        + $", the last at {time.Clock(To)}";

    /// <summary>
    /// The topic under which an entry is told together with others of its kind; null for what is told by itself: also whatever somebody
    /// amended, pinned or entered late.
    /// </summary>
    public static string? Topic(Entry entry) =>
        entry is { Amendments: [], Beside: [], Pin: null, IsStruck: false, IsLate: false }
        && Bearing(entry) is { Weight: Retention.Counted, Many: not null, Topic: { } topic }
            ? topic
            : null;

    // The words are told of the entry itself; what it counts for is the same on every clock.
    private static HandoffLine? Bearing(Entry entry) => entry.Event.ForHandoff(UnitTime.Utc);
}
