using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Store;

/// <summary>
/// Why a batch was not taken, for one of its streams, counted from 1: it has <c>moved</c>, or what its decision looked at has, or an event id of it
/// is <c>known</c>. Stream 0: the clock is <c>behind</c>, the states were <c>rebuilt</c>, or the log goes on <c>elsewhere</c>.
/// </summary>
internal readonly record struct Objection(int Stream, string Says, DateTimeOffset? At, long? Rebuilt);

/// <summary>Where a batch goes on.</summary>
/// <param name="After">The hash that it follows on.</param>
/// <param name="Proofs">The hash that the chain comes to with each of its events.</param>
internal sealed record Link(byte[] After, byte[][] Proofs)
{
    public byte[] Reaches => Proofs[^1];

    public static Link For(byte[] after, IReadOnlyList<Append> batch, DateTimeOffset recorded)
    {
        var (proofs, last) = (new List<byte[]>(batch.Count), after);
        foreach (var written in batch.SelectMany(a => a.Written.Events))
        {
            proofs.Add(last = Canonical.Chain(last, written.Content, recorded));
        }

        return new(after, [.. proofs]);
    }
}

/// <summary>What a batch has come to.</summary>
/// <param name="Positions">Its events', in their order.</param>
/// <param name="Reaches">The hash that the log ends on with it.</param>
internal sealed record Landing(long[] Positions, byte[] Reaches);

/// <summary>
/// One long-lived connection to one facility's log, with the append prepared on it: a pooled connection would be reset each time
/// and plan everything anew.
/// </summary>
internal sealed class Appender(NpgsqlDataSource source, string facility) : IAsyncDisposable
{
    private static readonly NpgsqlDbType[] Types =
    [
        NpgsqlDbType.Varchar, NpgsqlDbType.TimestampTz, NpgsqlDbType.Bigint, NpgsqlDbType.Bytea, NpgsqlDbType.Bytea,
        Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Integer),
        Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.TimestampTz), Array(NpgsqlDbType.Json),
        Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar),
        Array(NpgsqlDbType.Jsonb), Array(NpgsqlDbType.Jsonb), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar),
        Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Uuid),
        Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint),
    ];

    private static readonly string Call = $"select handoff.append_batch({string.Join(',', Types.Select((_, i) => $"${i + 1}"))})";

    // Plans are made once a connection, often while the tables are still empty: a scan of the whole log must not look cheap then.
    private const string Planning =
        "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_bitmapscan = off; set enable_material = off; set plan_cache_mode = force_generic_plan";

    /// <summary>The log goes on elsewhere than the batch does.</summary>
    public const string IsElsewhere = "HO001";

    private NpgsqlConnection? connection;
    private NpgsqlCommand? append;
    private NpgsqlTransaction? held;

    /// <summary>Whether the log objected to the batch, so that nothing of it was written and <see cref="Ask"/> says why.</summary>
    public static bool IsObjection(PostgresException refused) => refused.SqlState is IsElsewhere or "HO002" or PostgresErrorCodes.UniqueViolation;

    /// <summary>Holds the facility's order: until the next write, or <see cref="Release"/>, nobody else appends.</summary>
    /// <returns>The hash that the log ends on.</returns>
    public async Task<byte[]> Hold()
    {
        await Prepared();
        held = await connection!.BeginTransactionAsync();
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

    /// <summary>Writes the batch as one transaction, or nothing of it.</summary>
    /// <param name="rebuilt">How often the states had been rebuilt when those were read that were decided on.</param>
    /// <param name="link">Where the batch goes on; null if that is not known.</param>
    /// <exception cref="NpgsqlException">The database could not be reached, or refused; whether it was written is not known if the connection broke.</exception>
    public async Task<Landing> Write(IReadOnlyList<Append> batch, DateTimeOffset recorded, long rebuilt, Link? link)
    {
        link ??= Link.For(await Hold(), batch, recorded);
        var command = await Prepared();
        Fill(command, batch, recorded, rebuilt, link);
        var positions = (long[])(await command.ExecuteScalarAsync())!;
        if (held is not null)
        {
            await held.CommitAsync();
            await Release();
        }

        return new(positions, link.Reaches);
    }

    /// <summary>Why the log objected to the batch.</summary>
    public async Task<List<Objection>> Ask(IReadOnlyList<Append> batch, DateTimeOffset recorded, long rebuilt, Link? link)
    {
        var (streams, units) = (Streams(batch), Units(batch));
        var events = Numbered(batch, b => b.Events);
        await using var ask = source.CreateCommand("select stream, outcome, at, rebuilt from handoff.check_batch($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)");
        object[] values =
        [
            facility, recorded.UtcDateTime, rebuilt, link?.After ?? (object)DBNull.Value, Each(batch, b => b.Stream), Each(batch, b => b.Before.Version), Each(events, e => e.Of.Id), Each(events, e => e.Append),
            Each(streams, s => s.Append), Each(streams, s => s.Of.Key), Each(streams, s => s.Of.Value),
            Each(units, u => u.Append), Each(units, u => u.Of.Key), Each(units, u => u.Of.Value),
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
        foreach (var type in Types)
        {
            command.Parameters.Add(new() { NpgsqlDbType = type });
        }

        await command.PrepareAsync();
        return append = command;
    }

    private void Fill(NpgsqlCommand command, IReadOnlyList<Append> batch, DateTimeOffset recorded, long rebuilt, Link link)
    {
        var events = Numbered(batch, b => b.Written.Events);
        var headers = events.Select((e, i) => Headers.Proven(e.Of.Headers, link.Proofs[i])).ToArray();
        var about = events.SelectMany((e, i) => e.Of.Recorded.Envelope.Stays!.Select(stay => (Event: i + 1, Stay: stay))).ToList();
        var last = 0;
        var (streams, units) = (Streams(batch).Select(s => s.Of).Distinct().ToList(), Units(batch).Select(u => u.Of).Distinct().ToList());
        object[] values =
        [
            facility, recorded.UtcDateTime, rebuilt, link.After, link.Reaches,
            Each(batch, b => b.Stream), Each(batch, b => StreamId.Kind(b.Stream)), Each(batch, b => b.Before.Version), Each(batch, b => b.Version), Each(batch, b => last += b.Events.Count),
            Each(batch, b => b.Written.Unit), Each(batch, b => b.Written.Stay), Each(batch, b => b.Written.Due), Each(batch, b => b.Written.State),
            Each(events, e => e.Of.Recorded.Id), Each(events, e => e.Append), Each(events, e => e.Of.Version), Each(events, e => e.Of.Type), Each(events, e => e.Of.DotnetType),
            Each(events, e => e.Of.Json), headers, Each(events, e => e.Of.Recorded.By.Name), Each(events, e => e.Of.Correlation), Each(events, e => e.Of.Causation),
            Each(about, a => a.Event), Each(about, a => a.Stay),
            Each(streams, s => s.Key), Each(streams, s => s.Value), Each(units, u => u.Key), Each(units, u => u.Value),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private static NpgsqlDbType Array(NpgsqlDbType of) => NpgsqlDbType.Array | of;

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
