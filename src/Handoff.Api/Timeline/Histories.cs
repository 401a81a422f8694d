using System.Collections.Concurrent;
using Handoff.Api.Store;
using Handoff.Domain.Timeline;

namespace Handoff.Api.Timeline;

/// <summary>
/// Patients' histories. One that was asked for is kept for the next question: only what was recorded since is read and added to it,
/// so that it is never older than the question.
/// </summary>
public sealed class Histories(StayEvents events, TimeProvider clock)
{
    /// <summary>About 60 MB of events; the histories that were not asked for longest make room.</summary>
    public const int MostFacts = 60_000;

    private readonly ConcurrentDictionary<(string Facility, Guid Stay), Kept> kept = new();

    /// <summary>Everything that had been recorded about a stay when it was asked.</summary>
    public async Task<History> ForStay(string facility, Guid stay, CancellationToken cancel)
    {
        var known = kept.GetValueOrDefault((facility, stay))?.History ?? History.Empty;
        var later = await Read(facility, stay, known.Position, cancel);
        var history = later.Count == 0 ? known : History.FromFacts([.. known.Facts, .. later]);
        Keep((facility, stay), history);
        return history;
    }

    /// <summary>With an instant, as it stood then.</summary>
    public async Task<History> ForStay(string facility, Guid stay, DateTimeOffset? at, CancellationToken cancel) =>
        await ForStay(facility, stay, cancel) is var history && at is { } instant ? history.AsOf(instant) : history;

    private async Task<List<Fact>> Read(string facility, Guid stay, long position, CancellationToken cancel) =>
        await events
            .After(facility, stay, position, cancel)
            .Select(logged => new Fact(logged.Position, logged.Recorded))
            .ToListAsync(cancel);

    private void Keep((string, Guid) key, History history)
    {
        kept.AddOrUpdate(
            key,
            _ => new(history, clock.GetTimestamp()),
            (_, was) => new(was.History.Position > history.Position ? was.History : history, clock.GetTimestamp())
        );
        var facts = kept.Values.Sum(k => k.History.Facts.Count);
        foreach (var (oldest, one) in facts > MostFacts ? kept.OrderBy(k => k.Value.Asked).SkipLast(1) : [])
        {
            kept.TryRemove(oldest, out _);
            facts -= one.History.Facts.Count;
            if (facts <= MostFacts)
            {
                return;
            }
        }
    }

    private sealed record Kept(History History, long Asked);
}
