using System.Collections.Concurrent;
using Handoff.Api.Store;
using Handoff.Domain.Escalations;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Status;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using Npgsql;

namespace Handoff.Api.Boards;

/// <summary>What a board is made of, at one position of the log.</summary>
/// <param name="Latest">For each patient the position of the last event that concerns them.</param>
public sealed record OnBoard(long Position, IReadOnlyCollection<Saved> States, IReadOnlyDictionary<Guid, long> Latest)
{
    public IEnumerable<T> All<T>()
        where T : State => States.Select(s => s.State).OfType<T>();
}

/// <summary>
/// Reads in one statement all states that a unit's board is made of. What was read is kept for the next time: the database says of each
/// state at which position it stands, and sends only those that are not known here, so what is shown is never older than the question.
/// </summary>
public sealed class BoardStates(NpgsqlDataSource source, StateReader states)
{
    /// <summary>What one patient is made of.</summary>
    public static readonly string[] OfPatient = [StateKind<Stay>.Name, StateKind<Rounding>.Name, StateKind<PatientStatus>.Name, StateKind<WhatHelps>.Name, StateKind<Care>.Name];

    private static readonly string[] WithWork = [.. OfPatient, StateKind<CareTask>.Name, StateKind<Escalation>.Name];
    private static readonly string[] OfUnit = [StateKind<Incident>.Name, StateKind<Charge>.Name];

    private readonly ConcurrentDictionary<(string Facility, string Unit), Kept> kept = new();

    public async Task<OnBoard> Of(string facility, Unit unit, DateTimeOffset now, CancellationToken cancel)
    {
        var known = kept.GetValueOrDefault((facility, unit.Id));
        var read = await Read(facility, unit, now, known, cancel);
        if (known is not null && known.Rebuilt != read.Rebuilt)
        {
            read = await Read(facility, unit, now, null, cancel);
        }

        kept[(facility, unit.Id)] = new(read.Rebuilt, read.States);
        return new(read.Position, read.States.Values, read.Latest);
    }

    // What is known of patients is found by who is here: for a moment it may still stand under the unit from which they have just come.
    private async Task<Found> Read(string facility, Unit unit, DateTimeOffset now, Kept? known, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select h.position, h.rebuilt, s.id, s.version, s.position, case when s.position = any($7) then null else s.data end,
                case when s.kind = 'stay' then (select max(a.seq_id) from handoff.about a where a.tenant_id = $1 and a.stay = s.stay) end
            from (select 1) one
            left join handoff.heads h on h.tenant_id = $1
            left join (
                select id, kind, stay, version, position, data from handoff.states where tenant_id = $1 and unit = $2 and kind = any($3)
                union all
                select id, kind, stay, version, position, data from handoff.states
                where tenant_id = $1 and unit is not null and kind = any($4)
                    and stay = any(array(select stay from handoff.states where tenant_id = $1 and unit = $2 and kind = 'stay'))
                union all
                select id, kind, stay, version, position, data from handoff.states where tenant_id = $1 and unit = $2 and day between $5 and $6
            ) s on true
            """);
        object[] arguments =
        [
            facility, unit.Id, OfUnit, WithWork, Day(unit, now - Participation.Noticed), Day(unit, now),
            known?.States.Values.Select(s => s.Position).ToArray() ?? [],
        ];
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        var found = new Found([], []);
        var behind = new List<string>();
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                found = found with { Position = rows.IsDBNull(0) ? 0 : rows.GetInt64(0), Rebuilt = rows.IsDBNull(1) ? 0 : rows.GetInt64(1) };
                if (!rows.IsDBNull(2))
                {
                    Add(rows, known, found, behind);
                }
            }
        }

        foreach (var (stream, saved) in behind.Count == 0 ? [] : await states.Load(facility, behind, cancel))
        {
            found.States[stream] = saved;
        }

        return found;
    }

    private void Add(NpgsqlDataReader rows, Kept? known, Found found, List<string> behind)
    {
        var stream = rows.GetString(2);
        if (rows.IsDBNull(5))
        {
            found.States[stream] = known!.States[stream];
        }
        else if (states.Read(stream, rows.GetString(5)) is { } state)
        {
            found.States[stream] = new(state, rows.GetInt64(3), rows.GetInt64(4));
        }
        else
        {
            behind.Add(stream);
        }

        if (!rows.IsDBNull(6))
        {
            found.Latest[Guid.Parse(StreamId.Key(stream))] = rows.GetInt64(6);
        }
    }

    private static string Day(Unit unit, DateTimeOffset at) =>
        DateOnly.FromDateTime(unit.Time().Local(at).DateTime).ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Kept(long Rebuilt, IReadOnlyDictionary<string, Saved> States);

    private sealed record Found(Dictionary<string, Saved> States, Dictionary<Guid, long> Latest)
    {
        public long Position { get; init; }

        public long Rebuilt { get; init; }
    }
}
