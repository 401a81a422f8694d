using System.Text.Json;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// Reads saved states. Where a stream has moved past its saved state, or has none that can be read, the state is folded from the log.
/// </summary>
public sealed class StateReader(EventStore store, LogReader log)
{
    private static readonly List<KeyValuePair<string, State>> KindsFolded =
    [
        .. EventTypeRegistry.Domain.States.Where(s => s.Value.GetType().IsDefined(typeof(FoldedFromAttribute), false)),
    ];

    private readonly NpgsqlDataSource source = store.Source;
    private readonly EventTypeRegistry names = store.Names;

    /// <summary>The states of these streams, by stream; a stream on which nothing was recorded has its empty state at version 0.</summary>
    /// <exception cref="StreamUnreadableException">One of them can't be folded.</exception>
    public async Task<Dictionary<string, SavedState>> Load(string facility, IReadOnlyCollection<string> streams, CancellationToken cancel)
    {
        var (found, unreadable) = await LoadReadable(facility, streams, cancel);
        return unreadable.Count == 0 ? found : throw unreadable.First().Value;
    }

    /// <summary>The states of those of these streams that can be read, and why the others can't.</summary>
    internal async Task<(Dictionary<string, SavedState> Found, Dictionary<string, StreamUnreadableException> Unreadable)> LoadReadable(
        string facility,
        IReadOnlyCollection<string> streams,
        CancellationToken cancel
    )
    {
        var (found, behind) = await LoadSaved(facility, [.. streams.Where(s => !IsGathered(s))], cancel);
        var unreadable = new Dictionary<string, StreamUnreadableException>();
        foreach (var stream in behind)
        {
            try
            {
                found[stream] = await Fold(facility, stream, names.Empty(stream), cancel);
            }
            catch (StreamUnreadableException why)
            {
                unreadable[stream] = why;
            }
        }

        foreach (var stream in streams.Where(IsGathered))
        {
            try
            {
                found[stream] = Origin(stream) is { } origin
                    ? await Fold(facility, origin, names.Empty(stream), cancel)
                    : await Census(facility, StreamId.Key(stream), cancel);
            }
            catch (StreamUnreadableException why)
            {
                unreadable[stream] = why;
            }
        }

        return (found, unreadable);
    }

    /// <summary>All states of some kinds on a unit, and the facility's position that they speak for, in one snapshot.</summary>
    public async Task<(long Position, List<SavedState> States)> OnUnit(
        string facility,
        string unit,
        string[] kinds,
        CancellationToken cancel
    )
    {
        await using var command = source.CreateCommand(Gathered("s.unit = $2 and s.kind = any($3)"));
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = unit });
        command.Parameters.Add(new() { Value = kinds });
        return await Gather(facility, command, cancel);
    }

    private static string Gathered(string which) =>
        $"""
            select h.position, s.id, s.version, s.position, s.data -> 'state'
            from (select coalesce((select position from handoff.heads where tenant_id = $1), 0) as position) h
            left join handoff.mt_doc_snapshot s on s.tenant_id = $1 and {which}
            """;

    private async Task<(long Position, List<SavedState> States)> Gather(string facility, NpgsqlCommand command, CancellationToken cancel)
    {
        var (states, behind, position) = (new List<SavedState>(), new List<string>(), 0L);
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                position = rows.GetInt64(0);
                if (!rows.IsDBNull(1))
                {
                    Add(rows, 1, states, behind);
                }
            }
        }

        states.AddRange(await Folded(facility, behind, cancel));
        return (position, states);
    }

    /// <summary>Why a feed's messages wait for somebody, counted by cause, the most frequent first. Their content is not read.</summary>
    public async Task<IReadOnlyList<HeldCause>> HeldCauses(string facility, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select data -> 'state' -> 'fault' ->> 'code',
                (array_agg(data -> 'state' -> 'fault' ->> 'says' order by position desc))[1], count(*)::int,
                   min(recorded_at), max(recorded_at), max(position)
            from handoff.mt_doc_snapshot where tenant_id = $1 and is_held group by 1 order by 3 desc, 1
            """
        );
        command.Parameters.Add(new() { Value = facility });
        var causes = new List<HeldCause>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            causes.Add(
                new(
                    rows.GetString(0),
                    rows.GetString(1),
                    rows.GetInt32(2),
                    rows.GetFieldValue<DateTimeOffset>(3),
                    rows.GetFieldValue<DateTimeOffset>(4),
                    rows.GetInt64(5)
                )
            );
        }

        return causes;
    }

    /// <summary>All states of a kind in the facility.</summary>
    public async Task<List<SavedState>> OfKind(string facility, string kind, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select id, version, position, data -> 'state' from handoff.mt_doc_snapshot where tenant_id = $1 and kind = $2 order by id"
        );
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = kind });
        var (states, behind) = (new List<SavedState>(), new List<string>());
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                Add(rows, 0, states, behind);
            }
        }

        states.AddRange(await Folded(facility, behind, cancel));
        return states;
    }

    /// <summary>
    /// The care of the patients on these units whose handoff somebody gave, or sent in, and that waits or was accepted; only what has
    /// moved since an instant.
    /// </summary>
    public async Task<List<SavedState>> CareGivenBy(
        string facility,
        IEnumerable<string> units,
        string person,
        DateTimeOffset since,
        CancellationToken cancel
    )
    {
        await using var command = source.CreateCommand(
            """
            select id, version, position, data -> 'state' from handoff.mt_doc_snapshot
            where tenant_id = $1 and kind = $2 and unit = any ($5) and recorded_at >= $3
              and $4 in (data -> 'state' -> 'accepted' -> 'said' -> 'for' ->> 'id', data -> 'state' -> 'accepted' -> 'by' ->> 'id',
                         data -> 'state' -> 'submitted' -> 'said' -> 'for' ->> 'id', data -> 'state' -> 'submitted' -> 'by' ->> 'id')
            """
        );
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = StateKind<Care>.Name });
        command.Parameters.Add(new() { Value = since.ToUniversalTime() });
        command.Parameters.Add(new() { Value = person });
        command.Parameters.Add(new() { Value = units.ToArray() });
        var (states, behind) = (new List<SavedState>(), new List<string>());
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                Add(rows, 0, states, behind);
            }
        }

        states.AddRange(await Folded(facility, behind, cancel));
        return states;
    }

    /// <summary>A census with what else was decided since it was read.</summary>
    internal static SavedState With(SavedState census, string key, IEnumerable<State> decided)
    {
        var changed = decided.OfType<Stay>().ToDictionary(s => s.Id);
        return changed.Count == 0
            ? census
            : census with
            {
                State = new Census
                {
                    Stays =
                    [
                        .. ((Census)census.State).Stays.Where(s => !changed.ContainsKey(s.Id)),
                        .. changed.Values.Where(s => Domain.Stays.Census.Holds(key, s)),
                    ],
                },
            };
    }

    /// <summary>Whether it has no saved state of its own: it is gathered or folded each time that it is asked for.</summary>
    internal static bool IsGathered(string stream) => IsCensus(stream) || Origin(stream) is not null;

    internal static bool IsCensus(string stream) => StreamId.Is(stream, StateKind<Census>.Name);

    private static string? Origin(string stream) =>
        KindsFolded.Find(kind => StreamId.Is(stream, kind.Key)) is { Value: { } empty } ? FoldedFromAttribute.Origin(stream, empty) : null;

    private async Task<(Dictionary<string, SavedState> Found, List<string> Behind)> LoadSaved(
        string facility,
        string[] streams,
        CancellationToken cancel
    )
    {
        var (found, behind) = (new Dictionary<string, SavedState>(streams.Length), new List<string>());
        if (streams.Length == 0)
        {
            return (found, behind);
        }

        await using var command = source.CreateCommand(
            """
            select i.id, m.version, s.version, s.position, s.data -> 'state'
            from unnest($2) i (id)
            left join handoff.mt_streams m on m.tenant_id = $1 and m.id = i.id
            left join handoff.mt_doc_snapshot s on s.tenant_id = $1 and s.id = i.id
            """
        );
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = streams });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var stream = rows.GetString(0);
            if (rows.IsDBNull(1))
            {
                found[stream] = new(names.Empty(stream), 0, 0);
            }
            else if (!rows.IsDBNull(2) && rows.GetInt64(2) == rows.GetInt64(1) && Read(stream, rows.GetFieldValue<byte[]>(4)) is { } state)
            {
                found[stream] = new(state, rows.GetInt64(2), rows.GetInt64(3));
            }
            else
            {
                behind.Add(stream);
            }
        }

        return (found, behind);
    }

    // The columns from a first one on: id, version, position, data.
    private void Add(NpgsqlDataReader rows, int first, List<SavedState> states, List<string> behind)
    {
        var stream = rows.GetString(first);
        if (Read(stream, rows.GetFieldValue<byte[]>(first + 3)) is { } state)
        {
            states.Add(new(state, rows.GetInt64(first + 1), rows.GetInt64(first + 2)));
        }
        else
        {
            behind.Add(stream);
        }
    }

    /// <summary>A saved state; null if an older version saved it in another shape: it is only a cache, and is folded again.</summary>
    internal State? Read(string stream, byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return names.ReadState(stream, ref reader);
        }
        catch (Exception unfit) when (unfit is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private async Task<List<SavedState>> Folded(string facility, List<string> streams, CancellationToken cancel) =>
        streams.Count == 0 ? [] : [.. (await LoadReadable(facility, streams, cancel)).Found.Values];

    private async Task<SavedState> Fold(string facility, string stream, State empty, CancellationToken cancel)
    {
        var saved = new SavedState(empty, 0, 0);
        await foreach (var logged in log.Stream(facility, stream, cancel))
        {
            saved = logged.Recorded.Event is UnreadableEvent unreadable
                ? throw new StreamUnreadableException(unreadable.Type)
                : new(saved.State.Evolve(logged.Recorded), logged.Version, logged.Position);
        }

        return saved;
    }

    private async Task<SavedState> Census(string facility, string key, CancellationToken cancel)
    {
        var (position, states) = Domain.Stays.Census.RecordOf(key) is { } mrn
            ? await UnderRecord(facility, mrn, cancel)
            : await OnUnit(facility, key, [StateKind<Stay>.Name], cancel);
        return new(
            new Census { Stays = [.. states.Select(s => (Stay)s.State).Where(s => Domain.Stays.Census.Holds(key, s))] },
            0,
            position
        );
    }

    private async Task<(long Position, List<SavedState> States)> UnderRecord(string facility, string mrn, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Gathered("s.mrn = $2"));
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = mrn });
        return await Gather(facility, command, cancel);
    }
}
