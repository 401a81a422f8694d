using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Store;

/// <summary>
/// Why a batch was not taken, for one of its streams, counted from 1: it has <c>moved</c>, or what its decision looked at has, or an event id of it
/// is <c>known</c>. Stream 0: the clock is <c>behind</c>, or the states were <c>rebuilt</c>.
/// </summary>
internal readonly record struct Objection(int Stream, string Says, DateTimeOffset? At, long? Rebuilt);

/// <summary>
/// One long-lived connection to one facility's log, with the append prepared on it: a pooled connection would be reset each time
/// and plan everything anew.
/// </summary>
internal sealed class Appender(NpgsqlDataSource source, string facility) : IAsyncDisposable
{
    private const string Call =
        "select handoff.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28)";

    // Plans are made once a connection, often while the tables are still empty: a scan of the whole log must not look cheap then.
    private const string Planning =
        "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_bitmapscan = off; set enable_material = off; set plan_cache_mode = force_generic_plan";

    private NpgsqlConnection? connection;
    private NpgsqlCommand? append;
    private NpgsqlTransaction? held;

    /// <summary>Whether the log objected to the batch, so that nothing of it was written and <see cref="Ask"/> says why.</summary>
    public static bool IsObjection(PostgresException refused) => refused.SqlState is "HO001" or "HO002" or "HO003" or PostgresErrorCodes.UniqueViolation;

    /// <summary>Holds the facility's order: until the next write, or <see cref="Release"/>, nobody else appends.</summary>
    public async Task Hold()
    {
        await Prepared();
        held = await connection!.BeginTransactionAsync();
        await using var order = new NpgsqlBatch(connection, held)
        {
            BatchCommands =
            {
                new("set local idle_in_transaction_session_timeout = '10s'"),
                new("insert into handoff.heads (tenant_id) values ($1) on conflict do nothing") { Parameters = { new() { Value = facility } } },
                new("select from handoff.heads where tenant_id = $1 for update") { Parameters = { new() { Value = facility } } },
            },
        };
        await order.ExecuteNonQueryAsync();
    }

    /// <summary>Writes the batch as one transaction, or nothing of it, and returns each stream's last position.</summary>
    /// <param name="rebuilt">How often the states had been rebuilt when those were read that were decided on.</param>
    /// <exception cref="NpgsqlException">The database could not be reached, or refused; whether it was written is not known if the connection broke.</exception>
    public async Task<long[]> Write(IReadOnlyList<Append> batch, DateTimeOffset recorded, long rebuilt)
    {
        var command = await Prepared();
        Fill(command, batch, recorded, rebuilt);
        var last = (long[])(await command.ExecuteScalarAsync())!;
        if (held is not null)
        {
            await held.CommitAsync();
            await Release();
        }

        return last;
    }

    /// <summary>Why the log objected to the batch.</summary>
    public async Task<List<Objection>> Ask(IReadOnlyList<Append> batch, DateTimeOffset recorded, long rebuilt)
    {
        var (streams, units) = (Streams(batch), Units(batch));
        var events = Numbered(batch, b => b.Events);
        await using var ask = source.CreateCommand("select stream, outcome, at, rebuilt from handoff.check_append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)");
        object[] values =
        [
            facility, recorded.UtcDateTime, rebuilt, Each(batch, b => b.Stream), Each(batch, b => b.Before.Version), Each(events, e => e.Of.Id), Each(events, e => e.Append),
            Each(streams, s => s.Append), Each(streams, s => s.Of.Key), Each(streams, s => s.Of.Value),
            Each(units, u => u.Append), Each(units, u => u.Of.Key), Each(units, u => u.Of.Value),
        ];
        foreach (var value in values)
        {
            ask.Parameters.Add(new() { Value = value });
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
        var (command, broken) = (append, connection);
        (append, connection, held) = (null, null, null);
        if (command is not null)
        {
            await command.DisposeAsync();
        }

        if (broken is not null)
        {
            await broken.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await Reset();

    private async Task<NpgsqlCommand> Prepared()
    {
        if (append is not null)
        {
            return append;
        }

        connection = await source.OpenConnectionAsync();
        await using (var planning = new NpgsqlCommand(Planning, connection))
        {
            await planning.ExecuteNonQueryAsync();
        }

        var command = new NpgsqlCommand(Call, connection);
        NpgsqlDbType[] types =
        [
            NpgsqlDbType.Varchar, NpgsqlDbType.TimestampTz, NpgsqlDbType.Bigint,
            Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Bigint),
            Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.TimestampTz), Array(NpgsqlDbType.Jsonb),
            Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar),
            Array(NpgsqlDbType.Jsonb), Array(NpgsqlDbType.Jsonb), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar),
            Array(NpgsqlDbType.Bytea), Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Uuid),
            Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint),
        ];
        foreach (var type in types)
        {
            command.Parameters.Add(new() { NpgsqlDbType = type });
        }

        await command.PrepareAsync();
        return append = command;

        static NpgsqlDbType Array(NpgsqlDbType of) => NpgsqlDbType.Array | of;
    }

    private void Fill(NpgsqlCommand command, IReadOnlyList<Append> batch, DateTimeOffset recorded, long rebuilt)
    {
        var events = Numbered(batch, b => b.Written.Events);
        var about = events.SelectMany((e, i) => e.Of.Recorded.Envelope.Stays!.Select(stay => (Event: i + 1, Stay: stay))).ToList();
        var (streams, units) = (Streams(batch), Units(batch));
        object[] values =
        [
            facility, recorded.UtcDateTime, rebuilt,
            Each(batch, b => b.Stream), Each(batch, b => StreamId.Kind(b.Stream)), Each(batch, b => b.Before.Version), Each(batch, b => b.Version),
            Each(batch, b => b.Written.Unit), Each(batch, b => b.Written.Stay), Each(batch, b => b.Written.Due), Each(batch, b => b.Written.State),
            Each(events, e => e.Of.Recorded.Id), Each(events, e => e.Append), Each(events, e => e.Of.Version), Each(events, e => e.Of.Type), Each(events, e => e.Of.DotnetType),
            Each(events, e => e.Of.Json), Each(events, e => e.Of.Headers), Each(events, e => e.Of.Recorded.By.Name), Each(events, e => e.Of.Correlation), Each(events, e => e.Of.Causation),
            Each(events, e => e.Of.Content), Each(about, a => a.Event), Each(about, a => a.Stay),
            Each(streams, s => s.Of.Key), Each(streams, s => s.Of.Value), Each(units, u => u.Of.Key), Each(units, u => u.Of.Value),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    // What the batch itself moves is guarded by the version that it expects.
    private static List<(int Append, KeyValuePair<string, long> Of)> Streams(IReadOnlyList<Append> batch)
    {
        var own = batch.Select(b => b.Stream).ToHashSet();
        return Numbered(batch, b => b.Seen.Streams.Where(s => !own.Contains(s.Key)));
    }

    private static List<(int Append, KeyValuePair<string, long> Of)> Units(IReadOnlyList<Append> batch) => Numbered(batch, b => b.Seen.Units);

    private static List<(int Append, T Of)> Numbered<T>(IReadOnlyList<Append> batch, Func<Append, IEnumerable<T>> of) =>
        [.. batch.SelectMany((append, i) => of(append).Select(each => (i + 1, each)))];

    private static TValue[] Each<TItem, TValue>(IReadOnlyList<TItem> items, Func<TItem, TValue> of)
    {
        var all = new TValue[items.Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = of(items[i]);
        }

        return all;
    }
}
