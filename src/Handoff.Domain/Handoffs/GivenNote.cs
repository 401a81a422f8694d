using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// A handoff as it was given, whole: what had written itself up to its watermark, its authors' words, what was open, and how it was
/// received.
/// </summary>
/// <param name="Struck">Of the entries on which its lines rest, those that no longer stand.</param>
public sealed record GivenNote(AcceptedHandoff Handoff, IReadOnlyList<DraftSection> Sections, IReadOnlyList<Guid> Struck)
{
    /// <summary>Whether a line rests on nothing any more that stands.</summary>
    public bool IsStruckSince(DraftLine line) => line.Evidence.All(Struck.Contains);

    /// <summary>Every handoff that was accepted or taken over, the latest first.</summary>
    public static IReadOnlyList<GivenNote> All(IReadOnlyCollection<(long Position, EventEnvelope Fact)> facts, UnitTime time) =>
        [.. AcceptedHandoff.All(facts.Select(f => f.Fact)).Select(accepted => FromHandoff(accepted, facts, time))];

    /// <param name="facts">What was recorded about the patient, with its position in the log.</param>
    public static GivenNote FromHandoff(
        AcceptedHandoff handoff,
        IReadOnlyCollection<(long Position, EventEnvelope Fact)> facts,
        UnitTime time
    )
    {
        var then = facts
            .Where(f => f.Position <= handoff.Said.Watermark && HandoffFacts.IsTold(f.Fact.Stream, f.Fact.Event))
            .Select(f => f.Fact);
        var sections = Draft.FromEvents(handoff.Said.Template, then, handoff.Said.Since, time).Sections;
        var standing = Standing.FromEvents(facts.Select(f => f.Fact));
        return new(
            handoff,
            sections,
            [.. sections.SelectMany(s => s.Lines).SelectMany(l => l.Evidence).Where(standing.IsStruck).Distinct()]
        );
    }
}
