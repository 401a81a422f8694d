using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Npgsql;

namespace Handoff.Api.Handoffs;

/// <summary>Counts what is new to whoever accepted a patient. What the hand-over itself records is not news.</summary>
public sealed class HandoffNews(NpgsqlDataSource source)
{
    // As in the query below: a check on which nothing was unusual is counted, not told.
    internal static bool IsCalm(Event happened) => happened is SafetyChecked { BreathingSeen: not false } check && check.ForHandoff(UnitTime.Utc) is null;

    /// <summary>How much was recorded about each patient after the hand-over that was accepted last, calm checks left out.</summary>
    public async Task<Dictionary<Guid, int>> Of(string facility, IEnumerable<Care> cares, CancellationToken cancel)
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
}
