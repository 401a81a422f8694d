using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>Reads saved states. Where a stream has moved past its saved state, or has none, the state is folded from the log.</summary>
public sealed class StateReader(NpgsqlDataSource source, LogReader log, Names names)
{
    /// <summary>The states of these streams, by stream; a stream on which nothing was recorded has its empty state at version 0.</summary>
    public async Task<Dictionary<string, Saved>> Load(string facility, IReadOnlyCollection<string> streams, CancellationToken cancel)
    {
        var found = new Dictionary<string, Saved>(streams.Count);
        var behind = new List<string>();
        await using (var command = source.CreateCommand(
            """
            select i.id, m.version, s.version, s.position, s.data
            from unnest($2) i (id)
            left join handoff.mt_streams m on m.tenant_id = $1 and m.id = i.id
            left join handoff.states s on s.tenant_id = $1 and s.id = i.id
            """))
        {
            command.Parameters.Add(new() { Value = facility });
            command.Parameters.Add(new() { Value = streams.Where(s => !IsGathered(s)).ToArray() });
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                var stream = rows.GetString(0);
                if (rows.IsDBNull(1))
                {
                    found[stream] = new(names.Empty(stream), 0, 0);
                }
                else if (rows.IsDBNull(2) || rows.GetInt64(2) != rows.GetInt64(1))
                {
                    behind.Add(stream);
                }
                else
                {
                    found[stream] = new(names.ReadState(stream, rows.GetString(4)), rows.GetInt64(2), rows.GetInt64(3));
                }
            }
        }

        foreach (var stream in behind)
        {
            found[stream] = await Fold(facility, stream, cancel);
        }

        foreach (var stream in streams.Where(IsGathered))
        {
            found[stream] = await Census(facility, StreamId.Key(stream), cancel);
        }

        return found;
    }

    /// <summary>All states of some kinds on a unit, and the facility's position that they speak for, in one snapshot.</summary>
    public async Task<(long Position, List<Saved> States)> OnUnit(string facility, string unit, string[] kinds, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select h.position, s.id, s.version, s.position, s.data
            from (select coalesce((select position from handoff.heads where tenant_id = $1), 0) as position) h
            left join handoff.states s on s.tenant_id = $1 and s.unit = $2 and s.kind = any($3)
            """);
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = unit });
        command.Parameters.Add(new() { Value = kinds });
        var states = new List<Saved>();
        var position = 0L;
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            position = rows.GetInt64(0);
            if (!rows.IsDBNull(1))
            {
                states.Add(new(names.ReadState(rows.GetString(1), rows.GetString(4)), rows.GetInt64(2), rows.GetInt64(3)));
            }
        }

        return (position, states);
    }

    /// <summary>All states of a kind in the facility.</summary>
    public async Task<List<Saved>> OfKind(string facility, string kind, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select id, version, position, data from handoff.states where tenant_id = $1 and kind = $2 order by id");
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = kind });
        var states = new List<Saved>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            states.Add(new(names.ReadState(rows.GetString(0), rows.GetString(3)), rows.GetInt64(1), rows.GetInt64(2)));
        }

        return states;
    }

    private async Task<Saved> Fold(string facility, string stream, CancellationToken cancel)
    {
        var saved = new Saved(names.Empty(stream), 0, 0);
        await foreach (var logged in log.Stream(facility, stream, cancel))
        {
            saved = logged.Recorded.Event is UnreadableEvent unreadable
                ? throw new StreamUnreadableException(unreadable.Type)
                : new(saved.State.Evolve(logged.Recorded), logged.Version, logged.Position);
        }

        return saved;
    }

    private async Task<Saved> Census(string facility, string unit, CancellationToken cancel)
    {
        var (position, states) = await OnUnit(facility, unit, [StateKind<Stay>.Name], cancel);
        return new(new Census { Stays = [.. states.Select(s => (Stay)s.State)] }, 0, position);
    }

    internal static bool IsGathered(string stream) => StreamId.Kind(stream) == StateKind<Census>.Name;
}
