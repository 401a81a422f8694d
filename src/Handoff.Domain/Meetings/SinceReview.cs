using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

/// <summary>
/// What was recorded about a patient after their last review, up to where somebody looked: what is of note in lines that wrote themselves,
/// the rest counted.
/// Each entry is in one line or in the count, so that from review to review nothing is lost and nothing is told twice.
/// </summary>
/// <param name="After">The log position after which it begins; 0 for everything.</param>
/// <param name="UpTo">The log position up to which it speaks.</param>
/// <param name="Lines">By what they are about, then the latest first.</param>
/// <param name="Usual">How many entries were as usual.</param>
public sealed record SinceReview(long After, long UpTo, IReadOnlyList<DraftLine> Lines, int Usual)
{
    // What a handoff or a meeting records of itself is no news about the patient.
    private static readonly HashSet<string> Books = [StateKind<Care>.Name, StateKind<CaseReview>.Name, StateKind<Meeting>.Name];

    /// <param name="facts">What was recorded about the patient, in any order.</param>
    public static SinceReview FromFacts(IEnumerable<Fact> facts, long after, long upTo, HandoffTemplate template, UnitTime time)
    {
        List<EventEnvelope> told =
        [
            .. facts.Where(f => f.Position > after && f.Position <= upTo && IsTold(f.Recorded)).Select(f => f.Recorded),
        ];
        List<DraftLine> written = [.. Draft.FromEvents(template, told, null, time).Sections.SelectMany(s => s.Lines)];
        var (apart, standing) = (written.SelectMany(l => l.Evidence).ToHashSet(), Standing.FromEvents(told));
        List<DraftLine> loud =
        [
            .. told.Where(f => f.Event.Significance() >= Significance.Notable && !apart.Contains(f.Id) && standing.IsTold(f, _ => true))
                .Select(f => new DraftLine(HandoffPart.Happened, f.Event.Sentence(time), f.Event.OccurredAt, [f.Id])),
        ];
        List<DraftLine> lines = [.. written.Concat(loud).OrderBy(l => l.IsQuiet).ThenBy(l => Rank(l.Part)).ThenByDescending(l => l.At)];
        return new(after, upTo, lines, told.Count - lines.Sum(l => l.Evidence.Count));
    }

    /// <summary>Whether such an event can be more than one of the usual ones; earlier shapes can be anything.</summary>
    public static bool MayBeOfNote(Type happened) =>
        happened.IsAssignableTo(typeof(IEarlierShape)) || Telling.Any(says => happened.GetMethod(says)!.DeclaringType != typeof(Event));

    private static readonly string[] Telling = [nameof(Event.ForHandoff), nameof(Event.Significance), nameof(Event.Amends)];

    private static bool IsTold(EventEnvelope fact) =>
        fact.Event.Significance() != Significance.Silent && !Books.Contains(StreamId.Kind(fact.Stream));

    // In sixty seconds: what must not be missed and what happened come before how the patient is.
    private static int Rank(HandoffPart part) =>
        part switch
        {
            HandoffPart.Critical => 0,
            HandoffPart.Happened => 1,
            HandoffPart.Condition => 2,
            HandoffPart.Expect or HandoffPart.ToDo => 3,
            HandoffPart.Barrier => 4,
            HandoffPart.Helps => 5,
            _ => 6,
        };
}
