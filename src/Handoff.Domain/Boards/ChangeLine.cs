using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;

namespace Handoff.Domain.Boards;

/// <summary>Something that changed.</summary>
/// <param name="Times">How often, for what is counted, such as limits that passed without a check; the line tells the latest.</param>
/// <param name="IsNew">Recorded since the reader last opened the record.</param>
public sealed record ChangeLine(Guid Id, long Position, DateTimeOffset At, string Words, string By, int Times, bool IsNew)
{
    /// <summary>What a handoff would tell, and what stands out by itself; not what the handoff itself records.</summary>
    public static bool IsChange(EventEnvelope fact, UnitTime time) =>
        HandoffFacts.IsTold(fact.Stream, fact.Event)
        && (fact.Event.Significance() >= Significance.Notable || fact.Event.ForHandoff(time) is not null);

    /// <param name="changes">Newest first.</param>
    public static IEnumerable<ChangeLine> FromFacts(IEnumerable<Fact> changes, DateTimeOffset? opened, UnitTime time) =>
        from same in changes.GroupBy(f =>
            f.Recorded.Event.ForHandoff(time) is { Weight: Retention.Counted, Topic: { } topic } ? topic : f.Recorded.Id.ToString()
        )
        let latest = same.First()
        let told = latest.Recorded
        select new ChangeLine(
            told.Id,
            latest.Position,
            time.Local(told.Event.OccurredAt),
            told.Event.Sentence(time),
            told.By.Name,
            same.Count(),
            !(told.At <= opened)
        );
}
