using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Store;

/// <summary>Why a batch was not taken, for one of its streams, counted from 1: it has <c>moved</c>, or an event id of it is <c>known</c>. Stream 0: the clock is <c>behind</c>.</summary>
internal readonly record struct Objection(int Stream, string Says, DateTimeOffset? At);

/// <summary>
/// One long-lived connection to one facility's log, with the append prepared on it: a pooled connection would be reset each time
/// and plan everything anew.
/// </summary>
internal sealed class Appender(NpgsqlDataSource source, Names names, string facility) : IAsyncDisposable
{
    private const string Call =
        "select handoff.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23)";

    private NpgsqlConnection? connection;
    private NpgsqlCommand? append;

    /// <summary>Whether the log objected to the batch, so that nothing of it was written and <see cref="Ask"/> says why.</summary>
    public static bool IsObjection(PostgresException refused) => refused.SqlState is "HO001" or "HO002" or PostgresErrorCodes.UniqueViolation;

    /// <summary>Writes the batch as one transaction, or nothing of it, and returns each stream's last position.</summary>
    /// <exception cref="NpgsqlException">The database could not be reached, or refused; whether it was written is not known if the connection broke.</exception>
    public async Task<long[]> Write(IReadOnlyList<Append> batch, DateTimeOffset recorded)
    {
        var command = await Prepared();
        Fill(command, batch, recorded);
        return (long[])(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Why the log objected to the batch.</summary>
    public async Task<List<Objection>> Ask(IReadOnlyList<Append> batch, DateTimeOffset recorded)
    {
        await using var ask = source.CreateCommand("select stream, outcome, at from handoff.check_append($1, $2, $3, $4, $5, $6)");
        ask.Parameters.Add(new() { Value = facility });
        ask.Parameters.Add(new() { Value = recorded.UtcDateTime });
        ask.Parameters.Add(new() { Value = batch.Select(b => b.Stream).ToArray() });
        ask.Parameters.Add(new() { Value = batch.Select(b => b.Before.Version).ToArray() });
        ask.Parameters.Add(new() { Value = batch.SelectMany(b => b.Events).Select(e => e.Id).ToArray() });
        ask.Parameters.Add(new() { Value = batch.SelectMany((b, i) => b.Events.Select(_ => i + 1)).ToArray() });
        var objections = new List<Objection>();
        await using var rows = await ask.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            objections.Add(new(rows.GetInt32(0), rows.GetString(1), rows.IsDBNull(2) ? null : new DateTimeOffset(rows.GetDateTime(2))));
        }

        return objections;
    }

    /// <summary>After a failure the next write starts on a new connection.</summary>
    public async Task Reset()
    {
        if (append is not null)
        {
            await append.DisposeAsync();
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        (append, connection) = (null, null);
    }

    public async ValueTask DisposeAsync() => await Reset();

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
            NpgsqlDbType.Varchar, NpgsqlDbType.TimestampTz,
            Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Bigint),
            Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.TimestampTz), Array(NpgsqlDbType.Text),
            Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar),
            Array(NpgsqlDbType.Text), Array(NpgsqlDbType.Text), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar),
            Array(NpgsqlDbType.Bytea), Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Uuid),
        ];
        foreach (var type in types)
        {
            command.Parameters.Add(new() { NpgsqlDbType = type });
        }

        await command.PrepareAsync();
        return append = command;

        static NpgsqlDbType Array(NpgsqlDbType of) => NpgsqlDbType.Array | of;
    }

    private void Fill(NpgsqlCommand command, IReadOnlyList<Append> batch, DateTimeOffset recorded)
    {
        var events = batch.SelectMany((append, stream) => append.Events.Select((e, i) => Row(append, e, stream + 1, i))).ToList();
        var about = events.SelectMany((row, i) => row.Recorded.Envelope.Stays!.Select(stay => (Event: i + 1, Stay: stay))).ToList();
        object[] values =
        [
            facility, recorded.UtcDateTime,
            Each(batch, b => b.Stream), Each(batch, b => StreamId.Kind(b.Stream)), Each(batch, b => b.Before.Version), Each(batch, b => (long)b.Events.Count),
            Each(batch, b => b.After.OnUnit()), Each(batch, b => b.After.OfStay()), Each(batch, b => Due(b.After)), Each(batch, b => Names.Write(b.After)),
            Each(events, e => e.Recorded.Id), Each(events, e => e.Stream), Each(events, e => e.Version), Each(events, e => e.Type), Each(events, e => e.DotnetType),
            Each(events, e => e.Json), Each(events, e => e.Headers), Each(events, e => e.Recorded.By.Name), Each(events, e => e.Correlation), Each(events, e => e.Causation),
            Each(events, e => e.Content), Each(about, a => a.Event), Each(about, a => a.Stay),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

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

    private static DateTime? Due(State state) => state.Deadlines().Select(d => (DateTime?)d.Due.UtcDateTime).Min();

    private EventRow Row(Append append, Recorded recorded, int stream, int index)
    {
        var isFirst = index == 0;
        var sent = append.Pending.Sent;
        var type = names.Of(recorded.Event);
        var json = Names.Write(recorded.Event);
        var headers = Headers.For(
            recorded.Envelope, recorded.Event, isFirst ? sent.Command.GetType().Name : null, isFirst ? Digest(sent.Command) : null, isFirst ? append.Events.Count : null).Write();
        var version = append.Before.Version + index + 1;
        var correlation = recorded.Envelope.Correlation.ToString("D");
        var causation = recorded.Envelope.Causation?.ToString("D");
        var content = Canonical.Content(recorded.Id, recorded.Stream, version, type, json, headers, recorded.By.Name, correlation, causation);
        return new(recorded, stream, version, type, DotnetType(recorded.Event.GetType()), json, headers, correlation, causation, content);
    }

    /// <summary>What a request asked for, so that its id used again for something else is noticed.</summary>
    public static string Digest(ICommand command) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(command.Stream + JsonSerializer.Serialize(command, command.GetType(), Names.Json))).AsSpan(0, 8));

    private static string DotnetType(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    private sealed record EventRow(
        Recorded Recorded, int Stream, long Version, string Type, string DotnetType, string Json, string Headers, string Correlation, string? Causation, byte[] Content);
}
