using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>One line that wrote itself, and the events that it rests on, the latest first.</summary>
/// <param name="At">When the latest of them happened.</param>
/// <param name="IsQuiet">It is about the work and not about how the patient is, and stands after what is.</param>
public sealed record DraftLine(HandoffPart Part, string Words, DateTimeOffset At, IReadOnlyList<Guid> Evidence, bool IsQuiet = false);

/// <summary>A section of the unit's template with the lines that belong in it.</summary>
public sealed record DraftSection(HandoffSection Section, IReadOnlyList<DraftLine> Lines);

/// <summary>
/// The handoff of one patient that writes itself: of what was recorded, what differs from the usual. It says nothing of its own:
/// each event says what it means to a handoff (<see cref="Event.ForHandoff"/>).
/// </summary>
/// <param name="Since">From when on it tells; what stands is told whenever it began.</param>
public sealed record Draft(HandoffTemplate Template, DateTimeOffset Since, IReadOnlyList<DraftSection> Sections)
{
    /// <summary>Whether nothing differed from the usual.</summary>
    public bool IsEmpty => Sections.All(s => s.Lines.Count == 0);

    /// <param name="facts">What was recorded about the patient, in any order, entries that were taken back among them.</param>
    /// <param name="since">From when on; null for since the admission.</param>
    public static Draft FromEvents(HandoffTemplate template, IEnumerable<EventEnvelope> facts, DateTimeOffset? since, UnitTime time)
    {
        List<EventEnvelope> entries = [.. facts];
        var standing = Standing.FromEvents(entries);
        List<Told> told =
        [
            .. entries
                .Where(f => standing.IsTold(f, struck => since is null || struck.Event.OccurredAt >= since))
                .Select(f => new Told(f, f.Event.ForHandoff(time)))
                .Where(t => t.Bearing is not null)
                .OrderBy(t => t.At),
        ];
        var from = since ?? (told.Count > 0 ? told[0].At : DateTimeOffset.MinValue);
        List<DraftLine> lines = [.. Lines(told, from).OrderByDescending(l => l.At)];
        return new(
            template,
            from,
            [
                .. template
                    .Sections()
                    .Select(s => new DraftSection(
                        s,
                        [.. lines.Where(l => template.SectionOf(l.Part) == s).OrderBy(l => l.IsQuiet).ThenBy(l => l.Part)]
                    )),
            ]
        );
    }

    private static IEnumerable<DraftLine> Lines(List<Told> told, DateTimeOffset since)
    {
        var alone = told.Where(t => t.Bearing!.Topic is null && t.At >= since).Select(t => Line(t.Bearing!.Words, [t]));
        var topics = told.Where(t => t.Bearing!.Topic is not null)
            .GroupBy(t => t.Bearing!.Topic!)
            .SelectMany(topic => LinesOf([.. topic], since));
        return alone.Concat(topics);
    }

    private static IEnumerable<DraftLine> LinesOf(List<Told> topic, DateTimeOffset since)
    {
        List<Told> inWindow = [.. topic.Where(t => t.At >= since)];
        return topic[^1].Bearing! switch
        {
            { Weight: Retention.Stands } stands => [Line(stands.Words, inWindow.Count > 0 ? inWindow : [topic[^1]])],
            _ when inWindow.Count == 0 => [],
            { Weight: Retention.Counted, Many: { } many } counted when inWindow.Count > 1 =>
            [
                Line($"{inWindow.Count} {many}{Worst(inWindow)}, the last: {counted.Words}", inWindow),
            ],
            { } one => [Line(one.Words, inWindow)],
        };
    }

    private static string Worst(List<Told> told) =>
        told.Max(t => t.Bearing!.Extent) is { } worst ? $", at worst {UnitTime.Span(worst)}" : "";

    private static DraftLine Line(string words, List<Told> told) =>
        new(
            told[^1].Bearing!.Part,
            words + Lateness(told[^1].Fact),
            told[^1].At,
            [.. told.AsEnumerable().Reverse().Select(t => t.Fact.Id)],
            told[^1].Bearing!.IsQuiet
        );

    // What a feed or an import brings is late by its nature.
    private static string Lateness(EventEnvelope fact) =>
        fact is { IsLate: true, Envelope.Source: Source.Ui or Source.Offline } ? $" (entered {UnitTime.Span(fact.Delay)} later)" : "";

    private sealed record Told(EventEnvelope Fact, HandoffLine? Bearing)
    {
        public DateTimeOffset At => Fact.Event.OccurredAt;
    }
}
