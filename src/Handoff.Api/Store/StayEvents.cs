using System.Runtime.CompilerServices;
using Marten;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>Reads what concerns patients, across all streams, by the index of which events concern which stays.</summary>
public sealed class StayEvents(EventStore store)
{
    private readonly EventDecoder decoder = new(store.Names);

    /// <summary>Everything recorded about a stay after a position, in order.</summary>
    public IAsyncEnumerable<StoredEvent> After(string facility, Guid stay, long position, CancellationToken cancel) =>
        Decoded(
            $"""
            select {EventRow.Columns} from handoff.mt_events
            where seq_id = any(array(select a.seq_id from handoff.about a where a.tenant_id = $1 and a.stay = $2 and a.seq_id > $3))
                order by seq_id
            """,
            cancel,
            facility,
            stay,
            position
        );

    /// <summary>
    /// What was recorded about several stays, each after a position of its own and all up to one, of some kinds; of safety checks only
    /// those on which something was unusual.
    /// </summary>
    /// <param name="kinds">Stored names of events.</param>
    public IAsyncEnumerable<StoredEvent> OfNote(
        string facility,
        IReadOnlyDictionary<Guid, long> after,
        long upTo,
        string[] kinds,
        CancellationToken cancel
    ) =>
        Decoded(
            $"""
            select {EventRow.Columns} from handoff.mt_events e
            where seq_id = any(array(
                select a.seq_id from unnest($2, $3) w (stay, after)
                join handoff.about a on a.tenant_id = $1 and a.stay = w.stay and a.seq_id > w.after and a.seq_id <= $4))
            and type = any($5) and not (type = 'safety_checked'
                and data ->> 'breathingSeen' is distinct from 'false' and coalesce(data ->> 'activity', '') not in ('Agitated', 'Tearful'))
            """,
            cancel,
            facility,
            after.Keys.ToArray(),
            after.Values.ToArray(),
            upTo,
            kinds
        );

    /// <summary>What was recorded about several stays, each after a position of its own, by stay; only what news are counted by.</summary>
    public async IAsyncEnumerable<(Guid Stay, long Position, string Stream, string Type, byte[] Data)> Since(
        string facility,
        IReadOnlyDictionary<Guid, long> after,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (
            var row in Rows(
                """
                select a.stay, a.seq_id, e.stream_id, e.type, e.data
                from unnest($2, $3) w (stay, up_to)
                join handoff.about a on a.tenant_id = $1 and a.stay = w.stay and a.seq_id > w.up_to
                join handoff.mt_events e on e.seq_id = a.seq_id
                """,
                cancel,
                facility,
                after.Keys.ToArray(),
                after.Values.ToArray()
            )
        )
        {
            yield return (row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetFieldValue<byte[]>(4));
        }
    }

    /// <summary>The streams on which an event of a kind concerned the stay, in the order in which they first did.</summary>
    public async Task<List<string>> Streams(string facility, Guid stay, string type, CancellationToken cancel) =>
        await Rows(
                """
                select e.stream_id from handoff.about a join handoff.mt_events e on e.seq_id = a.seq_id
                where a.tenant_id = $1 and a.stay = $2 and e.type = $3 order by e.seq_id
                """,
                cancel,
                facility,
                stay,
                type
            )
            .Select(row => row.GetString(0))
            .Distinct()
            .ToListAsync(cancel);

    /// <summary>The stays that had been placed on a unit by an instant, also those whose move was cancelled since.</summary>
    public async Task<List<string>> PlacedOn(string facility, string unit, DateTimeOffset at, CancellationToken cancel) =>
        await Rows(
                """
                select distinct e.stream_id from handoff.mt_events e
                where e.tenant_id = $1 and e.type in ('admitted', 'transferred', 'transfer_cancelled') and e.data ->> 'unit' = $2
                    and e.timestamp <= $3
                """,
                cancel,
                facility,
                unit,
                at.UtcDateTime
            )
            .Select(row => row.GetString(0))
            .ToListAsync(cancel);

    /// <summary>
    /// The stays that may have been on a unit at an instant. One that is over, and of which nothing was recorded later, was over then too.
    /// </summary>
    public async Task<List<Guid>> MayHaveBeenOn(string facility, string unit, DateTimeOffset at, CancellationToken cancel)
    {
        string[] placed = [.. await PlacedOn(facility, unit, at, cancel)];
        if (placed.Length == 0)
        {
            return [];
        }

        var instant = at.ToUniversalTime();
        await using var session = store.Read(facility);
        return
        [
            .. await session
                .Query<Snapshot>()
                .Where(s => s.Id.IsOneOf(placed) && (s.Unit != null || s.RecordedAt > instant))
                .Select(s => s.Stay!.Value)
                .ToListAsync(cancel),
        ];
    }

    /// <summary>For each stay the position of the last event that concerns it.</summary>
    public async Task<Dictionary<Guid, long>> Latest(string facility, IEnumerable<Guid> stays, CancellationToken cancel) =>
        await Rows(
                """
                select w.stay, (select max(a.seq_id) from handoff.about a where a.tenant_id = $1 and a.stay = w.stay)
                    from unnest($2) w (stay)
                """,
                cancel,
                facility,
                stays.ToArray()
            )
            .Where(row => !row.IsDBNull(1))
            .ToDictionaryAsync(row => row.GetGuid(0), row => row.GetInt64(1), cancellationToken: cancel);

    private async IAsyncEnumerable<StoredEvent> Decoded(
        string sql,
        [EnumeratorCancellation] CancellationToken cancel,
        params object[] arguments
    )
    {
        await foreach (var row in Rows(sql, cancel, arguments))
        {
            yield return decoder.Read(EventRow.From(row));
        }
    }

    private async IAsyncEnumerable<NpgsqlDataReader> Rows(
        string sql,
        [EnumeratorCancellation] CancellationToken cancel,
        params object[] arguments
    )
    {
        await using var command = store.Source.CreateCommand(sql);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return rows;
        }
    }
}
