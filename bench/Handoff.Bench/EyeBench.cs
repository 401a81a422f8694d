using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Handoff.Api;
using Handoff.Domain.Kernel;
using Handoff.Simulator.Demo;

namespace Handoff.Bench;

/// <summary>
/// What a page shows: how long after a check was accepted its card, written, is at each page that shows it; and what a check costs the
/// server with 1, 20 and 100 pages on its unit, written once for all of them or, for comparison, asked for by each.
/// </summary>
internal sealed class EyeBench(TimeSpan time)
{
    private const int Pages = 500;
    private const int Units = 25;
    private const int ChecksPerSecond = 60;

    private readonly ConcurrentDictionary<(string Stay, long Version), long> accepted = new();
    private readonly ConcurrentBag<(string Stay, long Version, long At)> received = [];

    public async Task Run(Table table)
    {
        Table.Title($"eye: {Pages} open pages on {Units} units, {ChecksPerSecond} checks a second");
        await using var bed = await Bed.Make();
        var stays = new List<string>();
        for (var unit = 0; unit < Units; unit++)
        {
            stays.AddRange(await bed.Fill(DemoFacility.Id, 8, $"unit{unit}"));
        }

        var one = await bed.Fill(DemoFacility.Id, 24, "one");
        await using var served = await Served.Start(bed);
        await Watched(served, stays, table);
        foreach (var pages in new[] { 1, 20, 100 })
        {
            var pushed = await Cost(served, one, pages, isFetched: false);
            var fetched = await Cost(served, one, pages, isFetched: true);
            table.Row(
                "eye",
                $"{pages} pages on one unit",
                ("cpu_ms_per_check", pushed),
                ("if_each_asked", fetched),
                ("ratio", pushed / fetched)
            );
        }
    }

    private async Task Watched(Served served, List<string> stays, Table table)
    {
        using var stop = new CancellationTokenSource();
        var watching = new List<Task>();
        foreach (var page in Enumerable.Range(0, Pages))
        {
            watching.Add(await HubListener.Start(served, "WatchPage", $"\"unit{page % Units}\",\"Board\",{{}}", Hear, stop.Token));
        }

        await Send(served, stays, TimeSpan.FromSeconds(3));
        accepted.Clear();
        received.Clear();
        var sent = await Send(served, stays, time);
        await Task.Delay(1000);
        await stop.CancelAsync();
        await Task.WhenAll(watching);
        var times = new Times();
        foreach (var (stay, version, at) in received)
        {
            if (accepted.TryGetValue((stay, version), out var from))
            {
                times.Add(Stopwatch.GetElapsedTime(from, Math.Max(from, at)));
            }
        }

        table.Row(
            "eye",
            "accepted until the card is at a page",
            ("p50_ms", times.At(0.5)),
            ("p99_ms", times.At(0.99)),
            ("cards", times.Count),
            ("checks", sent),
            ("missing", sent * Pages / Units - times.Count)
        );
    }

    // The processor time of the server for one check, in milliseconds.
    private async Task<double> Cost(Served served, List<string> stays, int pages, bool isFetched)
    {
        using var stop = new CancellationTokenSource();
        var watching = new List<Task>();
        var asked = new ConcurrentBag<Task>();
        void Ask(JsonElement message, long at)
        {
            if (message.TryGetProperty("target", out var target) && target.GetString() == "CardShown")
            {
                asked.Add(served.Ask($"/units/one/rounds/{message.GetProperty("arguments")[0].GetProperty("stay").GetString()}"));
            }
        }

        foreach (var _ in Enumerable.Range(0, pages))
        {
            watching.Add(
                isFetched
                    ? await HubListener.Start(served, "WatchPage", "\"one\",\"News\",{}", Ask, stop.Token)
                    : await HubListener.Start(served, "WatchPage", "\"one\",\"Rounds\",{}", (_, _) => { }, stop.Token)
            );
        }

        await Send(served, stays, TimeSpan.FromSeconds(1), 20);
        await Task.Delay(500);
        var before = served.Cpu;
        var sent = await Send(served, stays, TimeSpan.FromSeconds(5), 20);
        await Task.Delay(500);
        await Task.WhenAll(asked);
        var spent = served.Cpu - before;
        await stop.CancelAsync();
        await Task.WhenAll(watching);
        return spent.TotalMilliseconds / sent;
    }

    private async Task<int> Send(Served served, List<string> stays, TimeSpan time, int perSecond = ChecksPerSecond)
    {
        var watch = Stopwatch.StartNew();
        var sending = new List<Task>();
        for (var i = 0; watch.Elapsed < time; i++)
        {
            sending.Add(Record(served, stays[i * 7 % stays.Count]));
            var next = TimeSpan.FromSeconds((i + 1.0) / perSecond) - watch.Elapsed;
            await Task.Delay(next > TimeSpan.Zero ? next : TimeSpan.Zero);
        }

        await Task.WhenAll(sending);
        return sending.Count;
    }

    private async Task Record(Served served, string stay)
    {
        using var answer = await served.Http.PostAsJsonAsync($"/api/rounding/{stay}/record-check", Bed.CheckBody, EventTypeRegistry.Json);
        var at = Stopwatch.GetTimestamp();
        answer.EnsureSuccessStatusCode();
        var written = await answer.Content.ReadFromJsonAsync<Written>(EventTypeRegistry.Json);
        accepted[(stay, written!.Position)] = at;
    }

    private void Hear(JsonElement message, long at)
    {
        if (message.TryGetProperty("target", out var target) && target.GetString() == "CardShown")
        {
            var card = message.GetProperty("arguments")[0];
            if (card.TryGetProperty("html", out var html) && html.ValueKind == JsonValueKind.String)
            {
                received.Add((card.GetProperty("stay").GetString()!, card.GetProperty("version").GetInt64(), at));
            }
        }
    }
}
