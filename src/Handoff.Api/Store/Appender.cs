using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Store;

/// <summary>
/// Why a batch was not taken, for one of its streams, counted from 1: it has <c>moved</c>, or what its decision looked at has, or an event id of it
/// is <c>known</c>. Stream 0: the clock is <c>behind</c>, the states were <c>rebuilt</c>, or the log goes on <c>elsewhere</c>.
/// </summary>
internal readonly record struct Objection(int Stream, string Says, DateTimeOffset? At, long? Rebuilt);

/// <summary>Writes one facility's batches, and asks why one was not taken.</summary>
internal sealed class Appender(NpgsqlDataSource source, string facility, Convoy convoy) : IAsyncDisposable
{
    private readonly AppendSession session = new(source);
    private NpgsqlTransaction? held;

    /// <summary>Whether the log objected to the batch, so that nothing of it was written and <see cref="Ask"/> says why.</summary>
    public static bool IsObjection(PostgresException refused) => refused.SqlState is "HO001" or "HO002" or PostgresErrorCodes.UniqueViolation;

    /// <summary>Holds the facility's order: until the next write, or <see cref="Release"/>, nobody else appends.</summary>
    /// <returns>The hash that the log ends on.</returns>
    public async Task<byte[]> Hold()
    {
        var connection = await session.Open();
        held = await connection.BeginTransactionAsync();
        await using var order = new NpgsqlBatch(connection, held)
        {
            BatchCommands =
            {
                new("set local idle_in_transaction_session_timeout = '10s'"),
                new("insert into handoff.heads (tenant_id) values ($1) on conflict do nothing") { Parameters = { new() { Value = facility } } },
                new("select hash from handoff.heads where tenant_id = $1 for update") { Parameters = { new() { Value = facility } } },
            },
        };
        return (byte[])(await order.ExecuteScalarAsync())!;
    }

    /// <summary>Writes the batch as one transaction, maybe with other facilities', or nothing of it. If it is not known where it goes on, the order is held first.</summary>
    /// <exception cref="NpgsqlException">The database could not be reached, or refused; whether it was written is not known if the connection broke.</exception>
    public async Task<Landing> Write(Batch batch)
    {
        if (batch.Link is not null && held is null)
        {
            return await convoy.Write(session, batch);
        }

        var link = batch.Link ?? Link.For(await Hold(), batch.Appends, batch.Recorded);
        var positions = await session.Write([batch with { Link = link }]);
        await held!.CommitAsync();
        await Release();
        return new(positions, link.Reaches);
    }

    /// <summary>Why the log objected to the batch.</summary>
    public async Task<List<Objection>> Ask(Batch batch)
    {
        var appends = batch.Appends;
        var (events, streams, units) = (appends.Numbered(a => a.Events), appends.SeenStreams(), appends.SeenUnits());
        await using var ask = source.CreateCommand("select stream, outcome, at, rebuilt from handoff.check_batch($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)");
        object[] values =
        [
            facility, batch.Recorded.UtcDateTime, batch.Rebuilt, batch.Link?.After ?? (object)DBNull.Value,
            appends.Each(a => a.Stream), appends.Each(a => a.Before.Version), events.Each(e => e.Of.Id), events.Each(e => e.From),
            streams.Each(s => s.From), streams.Each(s => s.Of.Key), streams.Each(s => s.Of.Value),
            units.Each(u => u.From), units.Each(u => u.Of.Key), units.Each(u => u.Of.Value),
        ];
        foreach (var value in values)
        {
            ask.Parameters.Add(value is DBNull ? new() { Value = value, NpgsqlDbType = NpgsqlDbType.Bytea } : new() { Value = value });
        }

        var objections = new List<Objection>();
        await using var rows = await ask.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            objections.Add(new(rows.GetInt32(0), rows.GetString(1), rows.IsDBNull(2) ? null : new DateTimeOffset(rows.GetDateTime(2)), rows.IsDBNull(3) ? null : rows.GetInt64(3)));
        }

        return objections;
    }

    /// <summary>Gives the order up again, if it is held.</summary>
    public async Task Release()
    {
        if (held is not null)
        {
            await held.DisposeAsync();
            held = null;
        }
    }

    /// <summary>After a failure the next write starts on a new connection.</summary>
    public async Task Reset()
    {
        held = null;
        await session.Reset();
    }

    public async ValueTask DisposeAsync() => await Reset();
}
