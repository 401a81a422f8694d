using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>Where a facility's log ends.</summary>
public sealed record LogEnd(long Position, long Rebuilt);

/// <summary>Reads events back, in the facility's order.</summary>
public sealed class LogReader
{
    private readonly NpgsqlDataSource source;
    private readonly EventDecoder decoder;

    public LogReader(EventStore store) => (source, decoder) = (store.Source, new(store.Names, Unreadable));

    /// <summary>Positions of events that could not be read, with their kind, for the health report.</summary>
    public ConcurrentDictionary<long, string> Unreadable { get; } = new();

    public IAsyncEnumerable<StoredEvent> Stream(string facility, string stream, CancellationToken cancel) =>
        Read(
            $"select {EventRow.Columns} from handoff.mt_events where tenant_id = $1 and stream_id = $2 order by version",
            cancel,
            facility,
            stream
        );

    /// <summary>Events after a position, at most <paramref name="most"/> of them.</summary>
    public IAsyncEnumerable<StoredEvent> After(string facility, long position, int most, CancellationToken cancel) =>
        Read(
            $"select {EventRow.Columns} from handoff.mt_events where tenant_id = $1 and seq_id > $2 order by seq_id limit $3",
            cancel,
            facility,
            position,
            most
        );

    /// <summary>The events of a stream after a version that had been recorded by an instant, in order.</summary>
    public IAsyncEnumerable<StoredEvent> RecordedBy(
        string facility,
        string stream,
        long after,
        DateTimeOffset at,
        CancellationToken cancel
    ) =>
        Read(
            $"select {EventRow.Columns} from handoff.mt_events where tenant_id = $1 and stream_id = $2 and version > $3 and "
                + "timestamp <= $4 order by version",
            cancel,
            facility,
            stream,
            after,
            at.UtcDateTime
        );

    /// <summary>
    /// The position of the last event that had been recorded by an instant; 0 if there was none. Later positions were recorded later, so
    /// halving finds it.
    /// </summary>
    public async Task<long> PositionAt(string facility, DateTimeOffset at, CancellationToken cancel)
    {
        var (low, high) = (0L, await Head(facility, cancel));
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            await using var command = source.CreateCommand(
                "select seq_id, timestamp <= $3 from handoff.mt_events where tenant_id = $1 and seq_id > $2 order by seq_id limit 1"
            );
            command.Parameters.Add(new() { Value = facility });
            command.Parameters.Add(new() { Value = middle });
            command.Parameters.Add(new() { Value = at.UtcDateTime });
            await using var row = await command.ExecuteReaderAsync(cancel);
            (low, high) = await row.ReadAsync(cancel) && row.GetBoolean(1) ? (row.GetInt64(0), high) : (low, middle);
        }

        return low;
    }

    /// <summary>The facility's last position.</summary>
    public async Task<long> Head(string facility, CancellationToken cancel) => (await End(facility, cancel)).Position;

    /// <summary>The last position that had been recorded by an instant.</summary>
    public async Task<long> HeadAt(string facility, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select seq_id from handoff.mt_events where tenant_id = $1 and timestamp <= $2 order by seq_id desc limit 1"
        );
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = at.UtcDateTime });
        return await command.ExecuteScalarAsync(cancel) is long position ? position : 0;
    }

    /// <summary>When the facility's last event was recorded; null where nothing was.</summary>
    public async Task<DateTimeOffset?> Latest(string facility, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select timestamp from handoff.mt_events where tenant_id = $1 order by seq_id desc limit 1"
        );
        command.Parameters.Add(new() { Value = facility });
        return await command.ExecuteScalarAsync(cancel) is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }

    /// <summary>Where the facility's log ends, and how often its states were rebuilt.</summary>
    public async Task<LogEnd> End(string facility, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select position, rebuilt from handoff.heads where tenant_id = $1");
        command.Parameters.Add(new() { Value = facility });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetInt64(0), row.GetInt64(1)) : new(0, 0);
    }

    /// <summary>How many events come after a position, and when the first of them was recorded.</summary>
    public async Task<(long Count, DateTimeOffset? Since)> CountAfter(string facility, long position, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select count(*), min(timestamp) from handoff.mt_events where tenant_id = $1 and seq_id > $2"
        );
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = position });
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), await row.IsDBNullAsync(1, cancel) ? null : row.GetFieldValue<DateTimeOffset>(1));
    }

    public async Task<Dictionary<string, long>> Heads(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select tenant_id, position from handoff.heads");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var heads = new Dictionary<string, long>();
        while (await rows.ReadAsync(cancel))
        {
            heads[rows.GetString(0)] = rows.GetInt64(1);
        }

        return heads;
    }

    private async IAsyncEnumerable<StoredEvent> Read(
        string sql,
        [EnumeratorCancellation] CancellationToken cancel,
        params object[] arguments
    )
    {
        await using var command = source.CreateCommand(sql);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return decoder.Read(EventRow.From(rows));
        }
    }
}
