using Handoff.Api.Store;
using Handoff.Domain.Feeds;
using Marten;
using Marten.Linq.MatchesSql;

namespace Handoff.Api.Feeds.Adt;

/// <summary>A held message as it is listed: nothing of its content, which is read one message at a time.</summary>
/// <param name="Id">The message's own id.</param>
/// <param name="Position">Where it stands in the facility's log; the next page begins below the last one's.</param>
/// <param name="Bytes">The message's size.</param>
public sealed record HeldMessage(
    string Id,
    string Sender,
    string ControlId,
    string Trigger,
    DateTimeOffset ReceivedAt,
    Fault Fault,
    int Bytes,
    long Position
);

/// <summary>Reads the messages that wait to be mended, from their saved states.</summary>
public sealed class HeldMessages(EventStore store, StateReader states)
{
    // A patient with more than this many messages on hold has a broken feed, which trying again does not mend.
    private const int MostTried = 50;

    /// <summary>The newest first.</summary>
    /// <param name="before">Only messages held before this position.</param>
    /// <param name="cause">Only those that are held for this cause; null for all.</param>
    public async Task<IReadOnlyList<HeldMessage>> Page(
        string facility,
        long before,
        int most,
        CancellationToken cancel,
        string? cause = null
    )
    {
        await using var session = store.Read(facility);
        var query = session.Query<Snapshot>().Where(s => s.IsHeld && s.Position < before);
        query = cause is null ? query : query.Where(s => s.MatchesSql("d.data -> 'state' -> 'fault' ->> 'code' = ?", cause));
        var held = await query.OrderByDescending(s => s.Position).Take(most).ToListAsync(cancel);
        return
        [
            .. held.Select(s => (Message: (FeedMessage)s.State!, s.Position))
                .Select(s => new HeldMessage(
                    s.Message.Id,
                    s.Message.Sender,
                    s.Message.ControlId,
                    s.Message.Trigger,
                    s.Message.ReceivedAt!.Value,
                    s.Message.Fault!,
                    Size(s.Message.Raw),
                    s.Position
                )),
        ];
    }

    /// <summary>How many messages are held.</summary>
    public async Task<long> Count(string facility, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        return await session.Query<Snapshot>().LongCountAsync(s => s.IsHeld, cancel);
    }

    /// <summary>Why messages are held, the most frequent cause first.</summary>
    public Task<IReadOnlyList<HeldCause>> Causes(string facility, CancellationToken cancel) => states.HeldCauses(facility, cancel);

    /// <summary>Those that may have come too early for one of these stays or patients, in the order in which they came.</summary>
    internal async Task<IReadOnlyList<FeedMessage>> Waiting(string facility, IReadOnlyCollection<Guid> visits, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        string[] named = [.. visits.Select(visit => visit.ToString())];
        var waiting = await session
            .Query<Snapshot>()
            .Where(s =>
                s.IsHeld
                && s.MatchesSql(
                    "(d.data -> 'state' ->> 'visit' = any(?) or d.data -> 'state' ->> 'otherVisit' = any(?)) and d.data -> "
                        + "'state' -> 'fault' ->> 'code' = any(?)",
                    named,
                    named,
                    AdtFaults.OfOrder
                )
            )
            .OrderBy(s => s.Position)
            .Take(MostTried)
            .ToListAsync(cancel);
        return [.. waiting.Select(s => (FeedMessage)s.State!)];
    }

    // Kept as base 64.
    private static int Size(string? raw) => (raw ?? "").TrimEnd('=').Length * 3 / 4;
}
