using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Store;

/// <summary>How the log took one stream of a batch.</summary>
/// <param name="Last">Done: the position of its last event. Moved: the version that the stream is at. Rebuilt: how often the states were.</param>
internal readonly record struct Outcome(int Stream, string Says, long Last, DateTimeOffset At);

/// <summary>
/// One long-lived connection to one facility's log, with the append prepared on it: a pooled connection would be reset each time
/// and plan everything anew.
/// </summary>
internal sealed class Appender(NpgsqlDataSource source, string facility) : IAsyncDisposable
{
    private const string Call =
        """
        select stream, outcome, last, at from handoff.append(
            $1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,$29,$30)
        """;

    private NpgsqlConnection? connection;
    private NpgsqlCommand? append;
    private NpgsqlTransaction? held;

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

    /// <summary>Writes the batch as one transaction, or nothing of it.</summary>
    /// <param name="rebuilt">How often the states had been rebuilt when those were read that were decided on.</param>
    /// <exception cref="NpgsqlException">The database could not be reached, or refused; whether it was written is not known if the connection broke.</exception>
    public async Task<List<Outcome>> Write(IReadOnlyList<Append> batch, DateTimeOffset recorded, long rebuilt)
    {
        var command = await Prepared();
        Fill(command, batch, recorded, rebuilt);
        var outcomes = await Execute(command, batch.Count);
        if (held is not null)
        {
            await held.CommitAsync();
            await Release();
        }

        return outcomes;
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

    private static async Task<List<Outcome>> Execute(NpgsqlCommand command, int count)
    {
        var outcomes = new List<Outcome>(count);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            // A facility without a first event has its last one at minus infinity, which is no instant in any zone but UTC.
            outcomes.Add(new(rows.GetInt32(0), rows.GetString(1), rows.GetInt64(2), new(DateTime.SpecifyKind(rows.GetDateTime(3), DateTimeKind.Utc))));
        }

        return outcomes;
    }

    private async Task<NpgsqlCommand> Prepared()
    {
        if (append is not null)
        {
            return append;
        }

        connection = await source.OpenConnectionAsync();
        var command = new NpgsqlCommand(Call, connection);
        NpgsqlDbType[] types =
        [
            NpgsqlDbType.Varchar, NpgsqlDbType.TimestampTz, NpgsqlDbType.Bigint,
            Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Bigint),
            Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.TimestampTz), Array(NpgsqlDbType.Text),
            Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar),
            Array(NpgsqlDbType.Text), Array(NpgsqlDbType.Text), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar),
            Array(NpgsqlDbType.Bytea), Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Uuid),
            Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint),
            Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint),
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
        var own = batch.Select(b => b.Stream).ToHashSet();
        var events = Numbered(b => b.Written.Events);
        var about = events.SelectMany((e, i) => e.Of.Recorded.Envelope.Stays!.Select(stay => (Event: i + 1, Stay: stay))).ToList();
        var streams = Numbered(b => b.Seen.Streams.Where(s => !own.Contains(s.Key)));
        var units = Numbered(b => b.Seen.Units);
        object[] values =
        [
            facility, recorded.UtcDateTime, rebuilt,
            Each(batch, b => b.Stream), Each(batch, b => StreamId.Kind(b.Stream)), Each(batch, b => b.Before.Version), Each(batch, b => (long)b.Events.Count),
            Each(batch, b => b.Written.Unit), Each(batch, b => b.Written.Stay), Each(batch, b => b.Written.Due), Each(batch, b => b.Written.State),
            Each(events, e => e.Of.Recorded.Id), Each(events, e => e.Append), Each(events, e => e.Of.Version), Each(events, e => e.Of.Type), Each(events, e => e.Of.DotnetType),
            Each(events, e => e.Of.Json), Each(events, e => e.Of.Headers), Each(events, e => e.Of.Recorded.By.Name), Each(events, e => e.Of.Correlation), Each(events, e => e.Of.Causation),
            Each(events, e => e.Of.Content), Each(about, a => a.Event), Each(about, a => a.Stay),
            Each(streams, s => s.Append), Each(streams, s => s.Of.Key), Each(streams, s => s.Of.Value),
            Each(units, u => u.Append), Each(units, u => u.Of.Key), Each(units, u => u.Of.Value),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        List<(int Append, T Of)> Numbered<T>(Func<Append, IEnumerable<T>> of) => [.. batch.SelectMany((append, i) => of(append).Select(each => (i + 1, each)))];

        static TValue[] Each<TItem, TValue>(IReadOnlyList<TItem> items, Func<TItem, TValue> of)
        {
            var all = new TValue[items.Count];
            for (var i = 0; i < all.Length; i++)
            {
                all[i] = of(items[i]);
            }

            return all;
        }
    }
}
