using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>Reads events back, in the facility's order.</summary>
public sealed class LogReader(NpgsqlDataSource source, Names names)
{
    /// <summary>Positions of events that could not be read, with their kind, for the health report.</summary>
    public ConcurrentDictionary<long, string> Unreadable { get; } = new();

    private const string Columns = "seq_id, id, stream_id, version, type, data, timestamp, correlation_id, causation_id, headers, user_name";

    public IAsyncEnumerable<Logged> Stream(string facility, string stream, CancellationToken cancel) => Read(
        $"select {Columns} from handoff.mt_events where tenant_id = $1 and stream_id = $2 order by version", cancel, facility, stream);

    /// <summary>Events after a position, at most <paramref name="most"/> of them.</summary>
    public IAsyncEnumerable<Logged> After(string facility, long position, int most, CancellationToken cancel) => Read(
        $"select {Columns} from handoff.mt_events where tenant_id = $1 and seq_id > $2 order by seq_id limit $3", cancel, facility, position, most);

    /// <summary>The events of some streams that had been recorded by an instant, in order.</summary>
    public IAsyncEnumerable<Logged> RecordedBy(string facility, string[] streams, DateTimeOffset at, CancellationToken cancel) => Read(
        $"select {Columns} from handoff.mt_events where tenant_id = $1 and stream_id = any($2) and timestamp <= $3 order by stream_id, version",
        cancel, facility, streams, at.UtcDateTime);

    /// <summary>The facility's last position and, by its clock, when it was recorded.</summary>
    public async Task<long> Head(string facility, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select position from handoff.heads where tenant_id = $1");
        command.Parameters.Add(new() { Value = facility });
        return await command.ExecuteScalarAsync(cancel) is long position ? position : 0;
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

    private async IAsyncEnumerable<Logged> Read(string sql, [EnumeratorCancellation] CancellationToken cancel, params object[] arguments)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            yield return Row(rows);
        }
    }

    private Logged Row(NpgsqlDataReader row)
    {
        var headers = Headers.Read(row.GetString(9));
        var envelope = headers.Envelope(
            row.IsDBNull(10) ? headers.User : row.GetString(10),
            row.IsDBNull(7) ? Guid.Empty : Guid.Parse(row.GetString(7)),
            row.IsDBNull(8) ? null : Guid.Parse(row.GetString(8)));
        var recorded = new Recorded(
            row.GetGuid(1), row.GetString(2), new DateTimeOffset(row.GetDateTime(6)), envelope, Event(row.GetInt64(0), row.GetString(4), row.GetString(5), headers.OccurredAt));
        return new(row.GetInt64(0), row.GetInt64(3), headers.Hash, recorded);
    }

    // One event that can't be read stops its own stream, not everybody else's.
    private Event Event(long position, string type, string json, DateTimeOffset occurredAt)
    {
        try
        {
            return names.Read(type, json);
        }
        catch (Exception unreadable) when (unreadable is KeyNotFoundException or JsonException or NotSupportedException)
        {
            Unreadable.TryAdd(position, type);
            return new UnreadableEvent(occurredAt, type);
        }
    }
}

/// <summary>Stands in for an event whose name or shape this version does not know. Its stream can't be folded.</summary>
internal sealed record UnreadableEvent(DateTimeOffset OccurredAt, string Type) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"An entry of the kind {Type}, which this version can't read.";
}

/// <summary>A stream holds an event that can't be read. Nothing is decided on it until that is mended.</summary>
public sealed class StreamUnreadableException(string type) : Exception($"The stream holds an event of the kind {type}, which this version can't read.");
