using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Store;

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

/// <summary>One facility's batch, ready to be written.</summary>
/// <param name="Link">Where it goes on; null if that is not known yet.</param>
/// <param name="Rebuilt">How often the states had been rebuilt when those were read that were decided on.</param>
internal sealed record Batch(string Facility, IReadOnlyList<Append> Appends, DateTimeOffset Recorded, long Rebuilt, Link? Link)
{
    private object[]? columns;

    /// <summary>What is sent of it when it goes alone. Asked for ahead, it is there when it is needed.</summary>
    public object[] Columns => columns ??= AppendSession.Values([this]);
}

/// <summary>
/// One long-lived connection with the append prepared on it: a pooled connection would be reset each time and plan everything anew.
/// </summary>
internal sealed class AppendSession(NpgsqlDataSource source) : IAsyncDisposable
{
    private static readonly NpgsqlDbType[] Types =
    [
        Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.TimestampTz), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Bytea), Array(NpgsqlDbType.Bytea), Array(NpgsqlDbType.Integer),
        Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Integer),
        Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.TimestampTz),
        Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Boolean), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Text),
        Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar),
        Array(NpgsqlDbType.Jsonb), Array(NpgsqlDbType.Jsonb), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Varchar),
        Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Uuid),
        Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Varchar), Array(NpgsqlDbType.Bigint),
    ];

    private static readonly string Call = $"select handoff.append_batches({string.Join(',', Types.Select((_, i) => $"${i + 1}"))})";

    // Plans are made once a connection, often while the tables are still empty: a scan of the whole log must not look cheap then.
    private const string Planning =
        "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set enable_bitmapscan = off; set enable_material = off; set plan_cache_mode = force_generic_plan";

    private NpgsqlConnection? connection;
    private NpgsqlCommand? append;

    public async Task<NpgsqlConnection> Open() => (await Prepared()).Connection!;

    /// <summary>Writes all of these, each of another facility, or none, and returns their events' positions in their order.</summary>
    /// <exception cref="NpgsqlException">The database could not be reached, or refused; whether it was written is not known if the connection broke.</exception>
    public async Task<long[]> Write(IReadOnlyList<Batch> batches)
    {
        var command = await Prepared();
        foreach (var (index, value) in (batches is [var alone] ? alone.Columns : Values(batches)).Index())
        {
            command.Parameters[index].Value = value;
        }

        return (long[])(await command.ExecuteScalarAsync())!;
    }

    /// <summary>After a failure the next write starts on a new connection.</summary>
    public async Task Reset()
    {
        var (command, broken) = (append, connection);
        (append, connection) = (null, null);
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

    public static object[] Values(IReadOnlyList<Batch> batches)
    {
        var appends = batches.Numbered(b => b.Appends);
        var events = appends.Numbered(a => a.Of.Written.Events);
        var proofs = batches.SelectMany(b => b.Link!.Proofs).ToArray();
        var about = events.Numbered(e => e.Of.Recorded.Envelope.Stays!);
        var streams = batches.Numbered(b => b.Appends.SeenStreams().Select(s => s.Of).Distinct());
        var units = batches.Numbered(b => b.Appends.SeenUnits().Select(u => u.Of).Distinct());
        var (ofBatch, ofAppend, ofEvent) = (0, 0, 0);
        return
        [
            batches.Each(b => b.Facility), batches.Each(b => b.Recorded.UtcDateTime), batches.Each(b => b.Rebuilt), batches.Each(b => b.Link!.After), batches.Each(b => b.Link!.Reaches),
            batches.Each(b => ofBatch += b.Link!.Proofs.Length),
            appends.Each(a => a.From), appends.Each(a => a.Of.Stream), appends.Each(a => StreamId.Kind(a.Of.Stream)), appends.Each(a => a.Of.Before.Version), appends.Each(a => a.Of.Version),
            appends.Each(a => ofAppend += a.Of.Events.Count),
            appends.Each(a => a.Of.Written.Unit), appends.Each(a => a.Of.Written.Stay), appends.Each(a => a.Of.Written.Due),
            appends.Each(a => a.Of.Written.By.Mrn), appends.Each(a => a.Of.Written.By.IsHeld), appends.Each(a => Written.Iso(a.Of.Written.By.Day)), appends.Each(a => a.Of.Written.State),
            events.Each(e => e.Of.Recorded.Id), events.Each(e => e.From), events.Each(e => e.Of.Version), events.Each(e => e.Of.Type), events.Each(e => e.Of.DotnetType),
            events.Each(e => e.Of.Json), events.Each(e => Headers.Proven(e.Of.Headers, proofs[ofEvent++])), events.Each(e => e.Of.Recorded.By.Name),
            events.Each(e => e.Of.Correlation), events.Each(e => e.Of.Causation),
            about.Each(a => a.From), about.Each(a => a.Of),
            streams.Each(s => s.From), streams.Each(s => s.Of.Key), streams.Each(s => s.Of.Value), units.Each(u => u.From), units.Each(u => u.Of.Key), units.Each(u => u.Of.Value),
        ];
    }

    private static NpgsqlDbType Array(NpgsqlDbType of) => NpgsqlDbType.Array | of;
}

internal static class Columns
{
    // What the batch itself moves is guarded by the version that it expects.
    public static List<(int From, KeyValuePair<string, long> Of)> SeenStreams(this IReadOnlyList<Append> batch)
    {
        var own = batch.Select(b => b.Stream).ToHashSet();
        return batch.Numbered(b => b.Seen.Streams.Where(s => !own.Contains(s.Key)));
    }

    public static List<(int From, KeyValuePair<string, long> Of)> SeenUnits(this IReadOnlyList<Append> batch) => batch.Numbered(b => b.Seen.Units);

    /// <summary>What each holds, with the number of who holds it, from 1.</summary>
    public static List<(int From, T Of)> Numbered<TItem, T>(this IReadOnlyList<TItem> items, Func<TItem, IEnumerable<T>> of) =>
        [.. items.SelectMany((item, i) => of(item).Select(each => (i + 1, each)))];

    public static TValue[] Each<TItem, TValue>(this IReadOnlyList<TItem> items, Func<TItem, TValue> of)
    {
        var all = new TValue[items.Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = of(items[i]);
        }

        return all;
    }
}
