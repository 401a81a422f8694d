using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>An entry as it is read beside a line.</summary>
/// <param name="IsStruck">It no longer stands: what struck it follows among the later ones.</param>
/// <param name="Topic">Entries of one topic that is counted are one line; null for an entry by itself.</param>
/// <param name="Many">What there are several of, of such a topic.</param>
/// <param name="Extent">How long it was, of such a topic.</param>
public sealed record EvidenceLine(
    Guid Id,
    long Position,
    DateTimeOffset At,
    string Words,
    string By,
    bool IsLate,
    bool IsOfNote,
    bool IsStruck = false,
    string? Topic = null,
    string? Many = null,
    TimeSpan? Extent = null
)
{
    public static EvidenceLine FromEvent(EventEnvelope fact, long position, UnitTime time)
    {
        var (told, line) = (
            fact.Event.ForHandoff(time),
            new EvidenceLine(
                fact.Id,
                position,
                time.Local(fact.Event.OccurredAt),
                fact.Event.Sentence(time),
                fact.By.Name,
                fact.IsLate,
                false
            )
        );
        return line with
        {
            IsOfNote = told is not null,
            Topic = told is { Weight: Retention.Counted } ? told.Topic : null,
            Many = told is { Weight: Retention.Counted } ? told.Many : null,
            Extent = told?.Extent,
        };
    }

    /// <summary>
    /// Several entries of one counted topic in a line: how many, the worst, and the last. The latest is the first of them.
    /// </summary>
    public static string Sum(IReadOnlyList<EvidenceLine> same, UnitTime time) =>
        $"{same.Count} {same[0].Many}{(same.Max(e => e.Extent) is { } worst ? $", at worst {UnitTime.Span(worst)}" : "")}, the "
        + $"last at {time.Clock(same[0].At)}";

    /// <summary>News in lines: what is counted in one, after what is told by itself.</summary>
    public static IEnumerable<IReadOnlyList<EvidenceLine>> Lines(IEnumerable<EvidenceLine> entries) =>
        entries
            .GroupBy(e => e is { Topic: { } topic, Many: not null, IsStruck: false } ? topic : e.Id.ToString())
            .Select(same => same.ToList())
            .OrderBy(same => same.Count > 1);
}
