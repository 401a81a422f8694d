using System.Diagnostics;
using System.Text;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;

namespace Handoff.Bench;

/// <summary>
/// Folds all states again from 200,000 events on 2,000 streams. The events are the ones that a ward writes; they are laid down by SQL,
/// because only reading is measured.
/// </summary>
internal static class RebuildBench
{
    private const int Streams = 2_000;
    private const int EventsEach = 100;
    private const int Runs = 3;

    public static async Task Run(Table table)
    {
        Table.Title($"rebuild: {Streams * EventsEach:N0} events on {Streams:N0} streams");
        await using var bed = await Bed.Make();
        await Lay(bed);
        var rates = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            await Execute(bed, "delete from handoff.mt_doc_snapshot");
            var started = Stopwatch.GetTimestamp();
            var rebuilt = await new Rebuild(bed.Store).Run("rebuild", CancellationToken.None);
            rates.Add(rebuilt.Sum(r => r.Events) / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        table.Row(
            "rebuild",
            "events refolded and saved",
            ("per_s", rates.Order().ElementAt(Runs / 2)),
            ("best_per_s", rates.Max()),
            ("worst_per_s", rates.Min())
        );
    }

    private static async Task Lay(Bed bed)
    {
        var at = new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.FromHours(-6));
        Event began = new RoundingBegan(at, "bench", ObservationLevel.Q15, "Q15", 15, DueWindow.AtOnce(at, TimeSpan.FromMinutes(15)));
        Event check = new SafetyChecked(
            at,
            "Day room",
            false,
            null,
            Domain.Observations.Activity.Talking,
            EvidenceGrade.Nfc,
            "Sat with two others, spoke when spoken to.",
            DueWindow.AtOnce(at, TimeSpan.FromMinutes(15))
        );
        var headers = Encoding.UTF8.GetString(
            Headers
                .For(
                    new Envelope(Staff.Clock, Source.Ui, Guid.Empty, Unit: "bench", Shift: "2026-01-05 Day", Stays: []),
                    check,
                    null,
                    null,
                    null
                )
                .Encode()
        );
        await Execute(
            bed,
            """
            insert into handoff.mt_streams (tenant_id, id, type, version)
            select 'rebuild', 'rounding-' || md5(s::text)::uuid, 'rounding', $1 from generate_series(1, $2) s
            """,
            EventsEach,
            Streams
        );
        await Execute(
            bed,
            """
            insert into handoff.mt_events (seq_id, id, stream_id, version, data, type, timestamp,
                tenant_id, correlation_id, headers, user_name)
            select nextval('handoff.mt_events_sequence'), gen_random_uuid(), 'rounding-' || md5(s::text)::uuid, v,
                   case v when 1 then $3::jsonb else jsonb_set($4::jsonb, '{occurredAt}',
                       to_jsonb(to_char(timestamp '2026-01-05 07:00' + v * interval '11 min', 'YYYY-MM-DD"T"HH24:MI:SS"-06:00"'))) end,
                   case v when 1 then 'rounding_began' else 'safety_checked' end,
                   timestamptz '2026-01-05 13:00Z' + v * interval '11 min', 'rebuild',
                   '00000000-0000-0000-0000-000000000000', $5::jsonb, 'Handoff'
            from generate_series(1, $1) v, generate_series(1, $2) s order by v, s
            """,
            EventsEach,
            Streams,
            EventTypeRegistry.Write(began),
            EventTypeRegistry.Write(check),
            headers
        );
        await Execute(
            bed,
            "insert into handoff.heads (tenant_id, position) select 'rebuild', max(seq_id) from handoff.mt_events where "
                + "tenant_id = 'rebuild'"
        );
    }

    // As the owner: the application may not lay down events without a proof, nor empty its states.
    private static async Task Execute(Bed bed, string sql, params object[] arguments)
    {
        await using var owner = Npgsql.NpgsqlDataSource.Create(bed.ConnectionString);
        await using var command = owner.CreateCommand(sql);
        command.CommandTimeout = 300;
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        await command.ExecuteNonQueryAsync();
    }
}
