using System.Diagnostics;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Bench;

/// <summary>
/// Appends through the whole of the store — decide, event, state, deadline, about, chain, durable — against the least that a durable append
/// can be:
/// one prepared statement that moves the stream's row by its expected version and inserts the event. Both in turns, in one run, on one
/// server.
/// </summary>
internal sealed class AppendBench(TimeSpan each)
{
    private const int Streams = 500;
    private const int Rounds = 3;

    public async Task Run(Table table)
    {
        Table.Title("append: durable appends a second, and the floor on the same server in the same run");
        await using var bed = await Bed.Make();
        var facilities = Enumerable.Range(1, 8).Select(i => $"facility{i}").ToArray();
        var stays = new Dictionary<string, List<string>> { ["one"] = await bed.Fill("one", Streams) };
        foreach (var facility in facilities)
        {
            stays[facility] = await bed.Fill(facility, Streams / facilities.Length);
        }

        await Floor.Prepare(bed, Streams);
        await Measure(table, bed, "warm-up", stays, ["one"], 8, isShown: false);
        await Measure(table, bed, "1 writer, one facility", stays, ["one"], 1);
        await Measure(table, bed, "8 writers, one facility", stays, ["one"], 8);
        var one = await Measure(table, bed, "32 writers, one facility", stays, ["one"], 32);
        var eight = await Measure(table, bed, "32 writers, eight facilities", stays, facilities, 32);
        table.Row("append", "eight facilities / one facility", ("ratio", eight / one));
        await MeasurePeer(table, bed, stays, 32);
    }

    private async Task<double> Measure(
        Table table,
        Bed bed,
        string what,
        Dictionary<string, List<string>> stays,
        string[] facilities,
        int writers,
        bool isShown = true
    )
    {
        var (ours, floor) = (new List<double>(), new List<double>());
        var (times, floorTimes) = (new Times(), new Times());
        var (clientCpu, serverCpu, appended) = (TimeSpan.Zero, TimeSpan.Zero, 0);
        for (var round = 0; round < Rounds; round++)
        {
            floor.Add(await Floor.Run(bed, writers, each / Rounds, floorTimes));
            var (client, server) = (Cpu.Own, Cpu.UsedBy(bed.ServerProcess));
            var counted = times.Count;
            ours.Add(await Ours(bed, stays, facilities, writers, times));
            (clientCpu, serverCpu, appended) = (
                clientCpu + Cpu.Own - client,
                serverCpu + Cpu.UsedBy(bed.ServerProcess) - server,
                appended + times.Count - counted
            );
        }

        var rate = Median(ours);
        if (isShown)
        {
            table.Row(
                "append",
                what,
                ("per_s", rate),
                ("floor_per_s", Median(floor)),
                ("ratio", rate / Median(floor)),
                ("p50_ms", times.At(0.5)),
                ("p99_ms", times.At(0.99)),
                ("floor_p99_ms", floorTimes.At(0.99)),
                ("client_us", clientCpu.TotalMicroseconds / appended),
                ("server_us", serverCpu.TotalMicroseconds / appended)
            );
        }

        return rate;
    }

    private async Task MeasurePeer(Table table, Bed bed, Dictionary<string, List<string>> stays, int writers)
    {
        await using var wolverine = await Peer.Start(await bed.Elsewhere(), Streams);
        await Written(writers, (_, random) => wolverine.Write(random), new());
        var (ours, peer, times) = (new List<double>(), new List<double>(), new Times());
        for (var round = 0; round < Rounds; round++)
        {
            peer.Add(await Written(writers, (_, random) => wolverine.Write(random), times));
            ours.Add(await Ours(bed, stays, ["one"], writers, new()));
        }

        table.Row(
            "append",
            $"{writers} writers / Wolverine's aggregate handler",
            ("per_s", Median(ours)),
            ("peer_per_s", Median(peer)),
            ("ratio", Median(ours) / Median(peer)),
            ("peer_p50_ms", times.At(0.5)),
            ("peer_p99_ms", times.At(0.99))
        );
    }

    private Task<double> Ours(Bed bed, Dictionary<string, List<string>> stays, string[] facilities, int writers, Times times) =>
        Written(
            writers,
            (writer, random) =>
            {
                var facility = facilities[writer % facilities.Length];
                return bed.Send(facility, Bed.Check(stays[facility][random.Next(stays[facility].Count)]));
            },
            times
        );

    /// <returns>How many were written in a second.</returns>
    private async Task<double> Written(int writers, Func<int, Random, Task> write, Times times)
    {
        var watch = Stopwatch.StartNew();
        var written = await Task.WhenAll(
            Enumerable
                .Range(0, writers)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        var (mine, random) = (new Times(), new Random(writer));
                        while (watch.Elapsed < each / Rounds)
                        {
                            var started = Stopwatch.GetTimestamp();
                            await write(writer, random);
                            mine.Add(Stopwatch.GetElapsedTime(started));
                        }

                        return mine;
                    })
                )
        );
        var elapsed = watch.Elapsed;
        Array.ForEach(written, times.Add);
        return written.Sum(w => w.Count) / elapsed.TotalSeconds;
    }

    private static double Median(List<double> of) => of.Order().ElementAt(of.Count / 2);
}

/// <summary>The floor: no decision, no state, no order, no proof; only a version guard and an insert, committed.</summary>
internal static class Floor
{
    private const string Append = """
        with moved as (
            update handoff.mt_streams set version = version + 1, timestamp = $5
            where tenant_id = 'floor' and id = $1 and version = $2 returning version)
        insert into handoff.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
        select nextval('handoff.mt_events_sequence'), $3, $1, version, $4, 'safety_checked', $5, 'floor' from moved
        """;

    private static readonly string Payload = EventTypeRegistry.Write(
        (Event)
            new Domain.Observations.SafetyChecked(
                DateTimeOffset.UnixEpoch,
                "Day room",
                false,
                null,
                Domain.Observations.Activity.Talking,
                Domain.Observations.EvidenceGrade.Nfc,
                "Sat with two others, spoke when spoken to.",
                new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)
            )
    );

    private static readonly Dictionary<string, long> Versions = [];

    public static async Task Prepare(Bed bed, int streams)
    {
        await using var command = bed.Source.CreateCommand(
            "insert into handoff.mt_streams (tenant_id, id, type, version) select 'floor', 'floor-' || n, 'rounding', 0 from "
                + "generate_series(1, $1) n"
        );
        command.Parameters.Add(new() { Value = streams });
        await command.ExecuteNonQueryAsync();
        for (var i = 1; i <= streams; i++)
        {
            Versions[$"floor-{i}"] = 0;
        }
    }

    public static async Task<double> Run(Bed bed, int writers, TimeSpan time, Times times)
    {
        var shares = Versions.Keys.Index().GroupBy(s => s.Index % writers).Select(g => g.Select(s => s.Item).ToArray()).ToList();
        var connections = await Task.WhenAll(shares.Select(_ => bed.Source.OpenConnectionAsync().AsTask()));
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(shares.Select((share, i) => Task.Run(() => Write(connections[i], share, watch, time))));
        var elapsed = watch.Elapsed;
        foreach (var (connection, written) in connections.Zip(counts))
        {
            await connection.DisposeAsync();
            times.Add(written.Times);
            foreach (var (stream, version) in written.Versions)
            {
                Versions[stream] = version;
            }
        }

        return counts.Sum(c => c.Times.Count) / elapsed.TotalSeconds;
    }

    private static async Task<(Times Times, Dictionary<string, long> Versions)> Write(
        NpgsqlConnection connection,
        string[] streams,
        Stopwatch watch,
        TimeSpan time
    )
    {
        await using var command = new NpgsqlCommand(Append, connection);
        var (stream, version, id) = (new NpgsqlParameter<string>(), new NpgsqlParameter<long>(), new NpgsqlParameter<Guid>());
        var (data, at) = (
            new NpgsqlParameter<string> { TypedValue = Payload, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb },
            new NpgsqlParameter<DateTime>()
        );
        command.Parameters.AddRange(new NpgsqlParameter[] { stream, version, id, data, at });
        var versions = streams.ToDictionary(s => s, s => Versions[s]);
        (stream.TypedValue, version.TypedValue, id.TypedValue, at.TypedValue) = (streams[0], -1, Guid.Empty, DateTime.UtcNow);
        await command.PrepareAsync();
        var times = new Times();
        while (watch.Elapsed < time)
        {
            var (next, started) = (streams[times.Count % streams.Length], Stopwatch.GetTimestamp());
            (stream.TypedValue, version.TypedValue, id.TypedValue, at.TypedValue) = (
                next,
                versions[next],
                Guid.CreateVersion7(),
                DateTime.UtcNow
            );
            if (await command.ExecuteNonQueryAsync() != 1)
            {
                throw new InvalidOperationException("The floor lost its own version.");
            }

            versions[next]++;
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        return (times, versions);
    }
}
