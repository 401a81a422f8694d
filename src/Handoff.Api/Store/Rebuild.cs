using Marten;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// Folds all states from the log again while the service runs, and then replaces those that differ in one transaction. Appends of the
/// facility wait only for that, and a board never sees half of it. Marten's own rebuild would empty the documents first.
/// </summary>
public sealed class Rebuild(EventStore store)
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
        await using var connection = await store.Source.OpenConnectionAsync(cancel);
        var folding = new Folding(store.Names);
        HashSet<string> differing;
        await using (var looking = await connection.BeginTransactionAsync(cancel))
        {
            await Schema.Unhurried(connection, cancel);
            while (await CatchUp(connection, facility, folding, cancel) is { Events: > NearTheHead }) { }

            differing = await Differing(connection, facility, folding, cancel);
        }

        await using var swap = await connection.BeginTransactionAsync(cancel);
        await Schema.Unhurried(connection, cancel);
        await Execute(connection, "insert into handoff.heads (tenant_id) values ($1) on conflict do nothing", cancel, facility);
        await Execute(connection, "select from handoff.heads where tenant_id = $1 for update", cancel, facility);
        differing.UnionWith((await CatchUp(connection, facility, folding, cancel)).Streams);
        differing.UnionWith(await RefoldStrays(connection, facility, folding, cancel));
        var (replaced, removed) = await Replace(swap, facility, folding, differing, cancel);
        await Execute(connection, "update handoff.heads set rebuilt = rebuilt + 1 where tenant_id = $1", cancel, facility);
        await Execute(connection, "select pg_notify('handoff', $1)", cancel, Forget + facility);
        await swap.CommitAsync(cancel);
        return new(
            facility,
            folding.Events,
            folding.Streams.Count,
            replaced,
            removed,
            [.. folding.Streams.Where(s => s.Value.Unreadable is not null).Select(s => s.Key).Order()]
        );
    }

    private async Task<(long Events, HashSet<string> Streams)> CatchUp(
        NpgsqlConnection connection,
        string facility,
        Folding folding,
        CancellationToken cancel
    )
    {
        var (decoder, before, streams) = (new EventDecoder(store.Names), folding.Events, new HashSet<string>());
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

    // The streams whose snapshots are not what their events come to, are missing, or should not be. Those that move meanwhile are looked at
    // again.
    private static async Task<HashSet<string>> Differing(
        NpgsqlConnection connection,
        string facility,
        Folding folding,
        CancellationToken cancel
    )
    {
        var differing = folding.Streams.Where(s => s.Value.State is not null).Select(s => s.Key).ToHashSet();
        await using var command = new NpgsqlCommand(
            $"select {SavedSnapshot.Columns} from handoff.mt_doc_snapshot s where s.tenant_id = $1",
            connection
        )
        {
            CommandTimeout = 0,
        };
        command.Parameters.Add(new() { Value = facility });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var saved = SavedSnapshot.From(rows, 0);
            if (folding.Streams.GetValueOrDefault(saved.Id)?.Snapshot(saved.Id) is { } must && saved.Difference(must) is null)
            {
                differing.Remove(saved.Id);
            }
            else if (folding.Streams.GetValueOrDefault(saved.Id)?.Unreadable is null)
            {
                differing.Add(saved.Id);
            }
        }

        return differing;
    }

    // Who writes without holding the facility's order may add behind our back; such streams are read on their own.
    private async Task<List<string>> RefoldStrays(NpgsqlConnection connection, string facility, Folding folding, CancellationToken cancel)
    {
        var strays = (await Streams(connection, facility, cancel))
            .Where(s => folding.Streams.GetValueOrDefault(s.Id)?.Version != s.Version)
            .Select(s => s.Id)
            .ToList();
        var reader = new LogReader(store);
        foreach (var stray in strays)
        {
            folding.Forget(stray);
            await foreach (var logged in reader.Stream(facility, stray, cancel))
            {
                folding.Add(logged);
            }
        }

        return strays;
    }

    private async Task<List<(string Id, long Version)>> Streams(NpgsqlConnection connection, string facility, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select id, version from handoff.mt_streams where tenant_id = $1 and split_part(id, '-', 1) = any($2)",
            connection
        )
        {
            CommandTimeout = 0,
        };
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = store.Names.States.Keys.ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var streams = new List<(string, long)>();
        while (await rows.ReadAsync(cancel))
        {
            streams.Add((rows.GetString(0), rows.GetInt64(1)));
        }

        return streams;
    }

    private async Task<(long Replaced, long Removed)> Replace(
        NpgsqlTransaction swap,
        string facility,
        Folding folding,
        HashSet<string> differing,
        CancellationToken cancel
    )
    {
        var options = Marten.Services.SessionOptions.ForTransaction(swap);
        (options.TenantId, options.Tracking) = (facility, DocumentTracking.None);
        await using var session = store.Marten.OpenSession(options);
        var (replaced, removed) = (0L, 0L);
        foreach (var some in differing.Chunk(1_000))
        {
            foreach (var stream in some)
            {
                if (folding.Streams.GetValueOrDefault(stream) is not { } folded)
                {
                    session.Delete<Snapshot>(stream);
                    removed++;
                }
                else if (folded.Snapshot(stream) is { } snapshot)
                {
                    session.Store(snapshot);
                    replaced++;
                }
            }

            await session.SaveChangesAsync(cancel);
        }

        return (replaced, removed);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] arguments)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<List<string>> Facilities(CancellationToken cancel)
    {
        await using var command = store.Source.CreateCommand(Verify.Facilities);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var facilities = new List<string>();
        while (await rows.ReadAsync(cancel))
        {
            facilities.Add(rows.GetString(0));
        }

        return facilities;
    }
}
