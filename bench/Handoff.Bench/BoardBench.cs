using System.Diagnostics;
using Handoff.Simulator.Demo;

namespace Handoff.Bench;

/// <summary>
/// The board of a unit with 30 patients: its page and its JSON, over HTTP from another process, each read recorded in the access log.
/// </summary>
internal sealed class BoardBench(TimeSpan time)
{
    private const int Readers = 16;

    public async Task Run(Table table)
    {
        Table.Title($"board: a unit with 30 patients, {Readers} readers at once");
        await using var bed = await Bed.Make();
        foreach (var stay in await bed.Fill(DemoFacility.Id, 30))
        {
            await bed.Send(DemoFacility.Id, Bed.Check(stay));
        }

        await using var served = await Served.Start(bed);
        foreach (var (what, path) in new[] { ("JSON", "/api/units/bench/board"), ("page", "/units/bench/board") })
        {
            await Read(served, path, TimeSpan.FromSeconds(2));
            var (count, times) = await Read(served, path, time);
            table.Row("board", what, ("per_s", count / time.TotalSeconds), ("p50_ms", times.At(0.5)), ("p99_ms", times.At(0.99)));
        }
    }

    private static async Task<(int Count, Times Times)> Read(Served served, string path, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var all = await Task.WhenAll(
            Enumerable
                .Range(0, Readers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var times = new Times();
                        while (watch.Elapsed < time)
                        {
                            var started = Stopwatch.GetTimestamp();
                            using var answer = await served.Http.GetAsync(path);
                            answer.EnsureSuccessStatusCode();
                            await answer.Content.ReadAsByteArrayAsync();
                            times.Add(Stopwatch.GetElapsedTime(started));
                        }

                        return times;
                    })
                )
        );
        var together = new Times();
        Array.ForEach(all, together.Add);
        return (together.Count, together);
    }
}
