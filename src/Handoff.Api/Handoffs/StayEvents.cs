using Handoff.Api.Store;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Npgsql;

namespace Handoff.Api.Handoffs;

/// <summary>Reads what was recorded about a patient on any stream, up to a position or after one. What the hand-over itself records is not news.</summary>
public sealed class StayEvents(NpgsqlDataSource source, Names names)
{
    // As in the query below: a check on which nothing was unusual is counted, not told.
    internal static bool IsCalm(Event happened) => happened is SafetyChecked { BreathingSeen: not false } check && check.ForHandoff(UnitTime.Utc) is null;

    /// <summary>Everything up to a position; safety checks, which are most of it, only from a moment on.</summary>
    public Task<List<Logged>> Of(string facility, Guid stay, DateTimeOffset? checksSince, long upTo, CancellationToken cancel) => Read(
        $"""
        select {Columns} from handoff.about a join handoff.mt_events e on e.seq_id = a.seq_id
        where a.tenant_id = $1 and a.stay = $2 and a.seq_id <= $3 and (e.type <> 'safety_checked' or e.timestamp >= $4) and e.stream_id not like 'care-%'
        order by a.seq_id
        """, cancel, facility, stay, upTo, (checksSince ?? DateTimeOffset.UnixEpoch).UtcDateTime);

    /// <summary>Everything after a position and up to another.</summary>
    public Task<List<Logged>> After(string facility, Guid stay, long position, long upTo, CancellationToken cancel) => Read(
        $"""
        select {Columns} from handoff.about a join handoff.mt_events e on e.seq_id = a.seq_id
        where a.tenant_id = $1 and a.stay = $2 and a.seq_id > $3 and a.seq_id <= $4 and e.stream_id not like 'care-%'
        order by a.seq_id desc
        """, cancel, facility, stay, position, upTo);

    /// <summary>How much was recorded about each patient after the hand-over that was accepted last, calm checks left out.</summary>
    public async Task<Dictionary<Guid, int>> News(string facility, IEnumerable<Care> cares, CancellationToken cancel)
    {
        var accepted = cares.Where(c => c.Accepted is not null).ToList();
        var counts = new Dictionary<Guid, int>();
        if (accepted.Count == 0)
        {
            return counts;
        }

        await using var command = source.CreateCommand(
            """
            select w.stay, count(*)::int
            from unnest($2, $3) w (stay, watermark)
            join handoff.about a on a.tenant_id = $1 and a.stay = w.stay and a.seq_id > w.watermark
            join handoff.mt_events e on e.seq_id = a.seq_id
            where e.stream_id not like 'care-%' and not (e.type = 'safety_checked'
                and e.data ->> 'breathingSeen' is distinct from 'false' and coalesce(e.data ->> 'activity', '') not in ('Agitated', 'Tearful'))
            group by w.stay
            """);
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = accepted.Select(c => c.Stay).ToArray() });
        command.Parameters.Add(new() { Value = accepted.Select(c => c.Accepted!.Said.Watermark).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            counts[rows.GetGuid(0)] = rows.GetInt32(1);
        }

        return counts;
    }

    private static readonly string Columns = string.Join(", ", EventRow.Columns.Split(", ").Select(column => "e." + column));

    private async Task<List<Logged>> Read(string sql, CancellationToken cancel, params object[] arguments)
    {
        var decoder = new EventDecoder(names);
        await using var command = source.CreateCommand(sql);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        var events = new List<Logged>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            events.Add(decoder.Read(EventRow.From(rows)));
        }

        return events;
    }
}
