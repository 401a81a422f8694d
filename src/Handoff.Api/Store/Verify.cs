using System.Data;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// Walks each facility's log from its first event to its head, recomputes every proof, folds every stream again, and compares all of it
/// with
/// what is saved. It reads one snapshot, so the service may go on meanwhile.
/// </summary>
public sealed class Verify(NpgsqlDataSource source, EventTypeRegistry names)
{
    internal const string Facilities = """
        select tenant_id from handoff.mt_streams union select tenant_id from handoff.heads
        union select tenant_id from handoff.mt_doc_snapshot union select tenant_id from handoff.about order by 1
        """;

    /// <param name="facility">Only this one, or all.</param>
    public async Task<Verification> Run(string? facility, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await Schema.Unhurried(connection, cancel);
        var facilities = facility is null
            ? await Each(connection, Facilities, [], row => row.GetString(0), cancel).ToListAsync(cancel)
            : [facility];
        var checks = new List<FacilityCheck>();
        foreach (var each in facilities)
        {
            checks.Add(await Check(connection, each, cancel));
        }

        return new(checks);
    }

    private async Task<FacilityCheck> Check(NpgsqlConnection connection, string facility, CancellationToken cancel)
    {
        var (differences, chain, folding) = (new Differences(), new Chain(), new Folding(names));
        await CheckEvents(connection, facility, chain, folding, differences, cancel);
        await CheckHead(connection, facility, chain, differences, cancel);
        await CheckAbout(connection, facility, differences, cancel);
        await CheckArchived(connection, facility, differences, cancel);
        var (streams, states) = await CheckStreams(connection, facility, folding, differences, cancel);
        return new(facility, folding.Events, streams, states, chain.Position, chain.Hash, differences.All);
    }

    private async Task CheckEvents(
        NpgsqlConnection connection,
        string facility,
        Chain chain,
        Folding folding,
        Differences differences,
        CancellationToken cancel
    )
    {
        var decoder = new EventDecoder(names);
        await foreach (var page in EventPages.After(connection, facility, 0, cancel))
        {
            foreach (var row in page)
            {
                CheckEvent(row, decoder.Read(row), chain, folding, differences);
            }
        }
    }

    private static void CheckEvent(in EventRow row, StoredEvent logged, Chain chain, Folding folding, Differences differences)
    {
        switch (chain.Follows(row, logged.Hash))
        {
            case null:
                differences.Add(
                    "event-unproven",
                    "an event has no proof; another writer added it, or its proof was removed,",
                    row.Position,
                    row.Stream
                );
                break;
            case false:
                differences.Add(
                    "event-altered",
                    "an event does not follow from its content, its time and the event before it",
                    row.Position,
                    row.Stream
                );
                break;
        }

        var expected = (folding.Streams.GetValueOrDefault(row.Stream)?.Version ?? 0) + 1;
        if (row.Version != expected)
        {
            differences.Add("version-gap", $"version {row.Version} stands where version {expected} must be", row.Position, row.Stream);
        }

        var couldBeFolded = folding.Streams.GetValueOrDefault(row.Stream)?.Unreadable is null;
        if (folding.Add(logged).Unreadable is { } kind && couldBeFolded)
        {
            differences.Add(
                "event-unreadable",
                $"an event of the kind {kind} can't be read or folded by this version",
                row.Position,
                row.Stream
            );
        }
    }

    private static async Task CheckHead(
        NpgsqlConnection connection,
        string facility,
        Chain chain,
        Differences differences,
        CancellationToken cancel
    )
    {
        var heads = await Each(
                connection,
                "select position, hash, recorded from handoff.heads where tenant_id = $1",
                [facility],
                row =>
                    (
                        Position: row.GetInt64(0),
                        Hash: row.GetFieldValue<byte[]>(1),
                        Recorded: DateTime.SpecifyKind(row.GetDateTime(2), DateTimeKind.Utc)
                    ),
                cancel
            )
            .ToListAsync(cancel);
        var isTheLast =
            heads.Count == 0
                ? chain.Position == 0
                : heads[0].Position == chain.Position
                    && heads[0].Hash.AsSpan().SequenceEqual(chain.Bytes)
                    && heads[0].Recorded == chain.Recorded.UtcDateTime;
        if (!isTheLast)
        {
            differences.Add(
                "head",
                $"the log's end, position {chain.Position}, is not where its head says it is,",
                heads.Select(h => (long?)h.Position).FirstOrDefault() ?? 0
            );
        }
    }

    private static async Task CheckAbout(NpgsqlConnection connection, string facility, Differences differences, CancellationToken cancel)
    {
        await foreach (
            var position in Each(
                connection,
                """
                select e.seq_id from handoff.mt_events e
                cross join lateral jsonb_array_elements_text(
                    case jsonb_typeof(e.headers -> 'stays') when 'array' then e.headers -> 'stays' else '[]' end) s (stay)
                where e.tenant_id = $1
                    and not exists (select from handoff.about a where a.tenant_id = $1 and a.seq_id = e.seq_id and a.stay::text = s.stay)
                order by e.seq_id
                """,
                [facility],
                row => row.GetInt64(0),
                cancel
            )
        )
        {
            differences.Add("about-missing", "an event is missing from a stay's timeline", position);
        }

        await foreach (
            var position in Each(
                connection,
                """
                select a.seq_id from handoff.about a left join handoff.mt_events e on e.seq_id = a.seq_id and e.tenant_id = $1
                where a.tenant_id = $1 and (e.headers -> 'stays' ? a.stay::text) is not true
                order by a.seq_id
                """,
                [facility],
                row => row.GetInt64(0),
                cancel
            )
        )
        {
            differences.Add("about-extra", "a stay's timeline names an event that does not concern it", position);
        }
    }

    private static async Task CheckArchived(NpgsqlConnection connection, string facility, Differences differences, CancellationToken cancel)
    {
        await foreach (
            var position in Each(
                connection,
                "select seq_id from handoff.mt_events where tenant_id = $1 and is_archived order by seq_id",
                [facility],
                row => row.GetInt64(0),
                cancel
            )
        )
        {
            differences.Add("event-archived", "an event was archived, so other readers of the format don't see it", position);
        }
    }

    private static async Task<(long Streams, long States)> CheckStreams(
        NpgsqlConnection connection,
        string facility,
        Folding folding,
        Differences differences,
        CancellationToken cancel
    )
    {
        var (streams, states) = (0L, 0L);
        await foreach (
            var stream in Each(
                connection,
                $"""
                select coalesce(m.id, s.id), m.version, coalesce(m.is_archived, false), {SavedSnapshot.Columns}
                from (select * from handoff.mt_streams where tenant_id = $1) m
                full join (select * from handoff.mt_doc_snapshot where tenant_id = $1) s on s.id = m.id
                order by 1
                """,
                [facility],
                SavedStream.From,
                cancel
            )
        )
        {
            streams += stream.Version is null ? 0 : 1;
            states += stream.Snapshot is null ? 0 : 1;
            CheckStream(stream, folding.Streams.GetValueOrDefault(stream.Id), differences);
        }

        return (streams, states);
    }

    private static void CheckStream(SavedStream saved, Folded? folded, Differences differences)
    {
        if (saved.Version is null)
        {
            differences.Add("state-without-stream", "a state is saved of a stream that does not exist", null, saved.Id);
            return;
        }

        if (saved.Version != (folded?.Version ?? 0))
        {
            differences.Add(
                "stream-version",
                $"the stream says version {saved.Version}, its last event has version {folded?.Version ?? 0}",
                folded?.Position,
                saved.Id
            );
        }

        if (saved.IsArchived)
        {
            differences.Add(
                "stream-archived",
                "the stream was archived, so other readers of the format don't see its events",
                folded?.Position,
                saved.Id
            );
        }

        if (
            folded?.Snapshot(saved.Id) is { } must
            && (saved.Snapshot is null ? ("state-missing", "no state is saved") : saved.Snapshot.Difference(must)) is var (code, says)
        )
        {
            differences.Add(code, says, folded.Position, saved.Id);
        }
    }

    private static async IAsyncEnumerable<T> Each<T>(
        NpgsqlConnection connection,
        string sql,
        object[] arguments,
        Func<NpgsqlDataReader, T> of,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return of(rows);
        }
    }

    private sealed record SavedStream(string Id, long? Version, bool IsArchived, SavedSnapshot? Snapshot)
    {
        public static SavedStream From(NpgsqlDataReader row) =>
            new(
                row.GetString(0),
                row.IsDBNull(1) ? null : row.GetInt64(1),
                row.GetBoolean(2),
                row.IsDBNull(3) ? null : SavedSnapshot.From(row, 3)
            );
    }
}
