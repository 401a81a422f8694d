using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Store;

/// <summary>What <see cref="Rebuild"/> did in one facility.</summary>
/// <param name="Replaced">States that were not what their events come to, or were missing.</param>
/// <param name="Removed">States of streams that do not exist.</param>
/// <param name="Unreadable">Streams that can't be folded; their states were left as they are.</param>
public sealed record Rebuilt(string Facility, long Events, int Streams, long Replaced, long Removed, IReadOnlyList<string> Unreadable);

/// <summary>
/// Folds all states from the log again while the service runs: beside the saved ones, then swapped in one transaction. Appends of the
/// facility wait only for the swap, and a board never sees half of it.
/// </summary>
public sealed class Rebuild(NpgsqlDataSource source, Names names)
{
    /// <summary>How nodes are told on the hints' channel that what they remember of a facility is old; its id follows.</summary>
    internal const string Forget = "forget:";

    private const int NearTheHead = 1_000;

    /// <param name="facility">Only this one, or all.</param>
    public async Task<IReadOnlyList<Rebuilt>> Run(string? facility, CancellationToken cancel)
    {
        var rebuilt = new List<Rebuilt>();
        foreach (var each in facility is null ? await Facilities(cancel) : [facility])
        {
            rebuilt.Add(await Facility(each, cancel));
        }

        return rebuilt;
    }

    private async Task<Rebuilt> Facility(string facility, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        var folding = new Folding(names);
        while (await CatchUp(connection, facility, folding, cancel) is { Events: > NearTheHead })
        {
        }

        await using var swap = await connection.BeginTransactionAsync(cancel);
        await Execute(connection, "create temp table staged (like handoff.states) on commit drop", cancel);
        await Stage(connection, facility, folding.Streams, cancel);
        await Hold(connection, facility, cancel);
        await StageAgain(connection, facility, (await CatchUp(connection, facility, folding, cancel)).Streams, folding, cancel);
        await Execute(connection, "analyze staged", cancel);
        await StageAgain(connection, facility, await RefoldStrays(connection, facility, cancel), cancel);
        var replaced = await Execute(connection, Replace, cancel, facility);
        var removed = await Execute(connection, Remove, cancel, facility);
        await Execute(connection, "update handoff.heads set rebuilt = rebuilt + 1 where tenant_id = $1", cancel, facility);
        await Execute(connection, "select pg_notify('handoff', $1)", cancel, Forget + facility);
        await swap.CommitAsync(cancel);
        return new(facility, folding.Events, folding.Streams.Count, replaced, removed, [.. folding.Streams.Where(s => s.Value.Unreadable is not null).Select(s => s.Key).Order()]);
    }

    private async Task<(long Events, HashSet<string> Streams)> CatchUp(NpgsqlConnection connection, string facility, Folding folding, CancellationToken cancel)
    {
        var (decoder, before, streams) = (new EventDecoder(names), folding.Events, new HashSet<string>());
        await foreach (var page in EventPages.After(connection, facility, folding.Position, cancel))
        {
            foreach (var row in page)
            {
                folding.Add(decoder.Read(row));
                streams.Add(row.Stream);
            }
        }

        return (folding.Events - before, streams);
    }

    private static async Task Hold(NpgsqlConnection connection, string facility, CancellationToken cancel)
    {
        await Execute(connection, "insert into handoff.heads (tenant_id) values ($1) on conflict do nothing", cancel, facility);
        await Execute(connection, "select from handoff.heads where tenant_id = $1 for update", cancel, facility);
    }

    private static Task StageAgain(NpgsqlConnection connection, string facility, HashSet<string> streams, Folding folding, CancellationToken cancel) =>
        StageAgain(connection, facility, streams.ToDictionary(s => s, s => folding.Streams[s]), cancel);

    private static async Task StageAgain(NpgsqlConnection connection, string facility, Dictionary<string, Folded> streams, CancellationToken cancel)
    {
        if (streams.Count > 0)
        {
            await Execute(connection, "delete from staged where id = any($1)", cancel, [streams.Keys.ToArray()]);
            await Stage(connection, facility, streams, cancel);
        }
    }

    // Who writes without holding the facility's order may add behind our back; such streams are read on their own.
    private async Task<Dictionary<string, Folded>> RefoldStrays(NpgsqlConnection connection, string facility, CancellationToken cancel)
    {
        var strays = await Strays(connection, facility, cancel);
        var (reader, folding) = (new LogReader(source, names), new Folding(names));
        foreach (var stray in strays)
        {
            await foreach (var logged in reader.Stream(facility, stray, cancel))
            {
                folding.Add(logged);
            }
        }

        return new(folding.Streams);
    }

    private async Task<List<string>> Strays(NpgsqlConnection connection, string facility, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            select m.id from handoff.mt_streams m left join staged t on t.id = m.id
            where m.tenant_id = $1 and t.version is distinct from m.version and split_part(m.id, '-', 1) = any($2)
            """, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = names.States.Keys.ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var strays = new List<string>();
        while (await rows.ReadAsync(cancel))
        {
            strays.Add(rows.GetString(0));
        }

        return strays;
    }

    private static async Task Stage(NpgsqlConnection connection, string facility, IReadOnlyDictionary<string, Folded> streams, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy staged (tenant_id, id, kind, version, position, unit, stay, due, is_timed, mrn, held, day, data) from stdin (format binary)", cancel);
        foreach (var (stream, folded) in streams)
        {
            if (folded.State is { } state)
            {
                var (due, by) = (Written.DueOf(state), Written.FoundBy(state, folded.Position));
                await copy.StartRowAsync(cancel);
                await copy.WriteAsync(facility, NpgsqlDbType.Varchar, cancel);
                await copy.WriteAsync(stream, NpgsqlDbType.Varchar, cancel);
                await copy.WriteAsync(StreamId.Kind(stream), NpgsqlDbType.Varchar, cancel);
                await copy.WriteAsync(folded.Version, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(folded.Position, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(state.OnUnit(), NpgsqlDbType.Varchar, cancel);
                await copy.WriteAsync(state.OfStay(), NpgsqlDbType.Uuid, cancel);
                await copy.WriteAsync(due, NpgsqlDbType.TimestampTz, cancel);
                await copy.WriteAsync(due is not null, NpgsqlDbType.Boolean, cancel);
                await copy.WriteAsync(by.Mrn, NpgsqlDbType.Varchar, cancel);
                await copy.WriteAsync(by.Held, NpgsqlDbType.Bigint, cancel);
                await copy.WriteAsync(by.Day, NpgsqlDbType.Varchar, cancel);
                await copy.WriteAsync(Names.Encode(state), NpgsqlDbType.Text, cancel);
            }
        }

        await copy.CompleteAsync(cancel);
    }

    // A state goes in only at the version that its stream is at, and is only touched if it differs.
    private const string Replace =
        """
        insert into handoff.states as s (tenant_id, id, kind, version, position, unit, stay, due, is_timed, mrn, held, day, data)
            select t.tenant_id, t.id, t.kind, t.version, t.position, t.unit, t.stay, t.due, t.is_timed, t.mrn, t.held, t.day, t.data
            from staged t join handoff.mt_streams m on m.tenant_id = $1 and m.id = t.id and m.version = t.version
        on conflict (tenant_id, id) do update set
            kind = excluded.kind, version = excluded.version, position = excluded.position,
            unit = excluded.unit, stay = excluded.stay, due = excluded.due, is_timed = excluded.is_timed,
            mrn = excluded.mrn, held = excluded.held, day = excluded.day, data = excluded.data
        where (s.kind, s.version, s.position, s.unit, s.stay, s.due, s.is_timed, s.mrn, s.held, s.day, s.data) is distinct from (
            excluded.kind, excluded.version, excluded.position, excluded.unit, excluded.stay, excluded.due, excluded.is_timed,
            excluded.mrn, excluded.held, excluded.day, excluded.data)
        """;

    private const string Remove =
        """
        delete from handoff.states s where s.tenant_id = $1
            and not exists (select from handoff.mt_streams m where m.tenant_id = $1 and m.id = s.id)
        """;

    private static async Task<long> Execute(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] arguments)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        return await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<List<string>> Facilities(CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Verify.Facilities);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var facilities = new List<string>();
        while (await rows.ReadAsync(cancel))
        {
            facilities.Add(rows.GetString(0));
        }

        return facilities;
    }
}
