using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Handoff.Api;
using Handoff.Domain.Kernel;
using Handoff.Simulator.Demo;

namespace Handoff.Bench;

/// <summary>
/// 500 clients watch 25 units while 60 checks a second arrive: how long after a check was accepted each client of its unit has the card.
/// </summary>
internal sealed class PushBench(TimeSpan time)
{
    private const int Clients = 500;
    private const int Units = 25;
    private const int EventsPerSecond = 60;

    private readonly ConcurrentDictionary<(string Stay, long Version), long> accepted = new();
    private readonly ConcurrentBag<(string Stay, long Version, long At)> received = [];

    public async Task Run(Table table)
    {
        Table.Title($"push: {Clients} hub clients on {Units} units, {EventsPerSecond} checks a second");
        await using var bed = await Bed.Make();
        var stays = new List<string>();
        for (var unit = 0; unit < Units; unit++)
        {
            stays.AddRange(await bed.Fill(DemoFacility.Id, 8, $"unit{unit}"));
        }

        await using var served = await Served.Start(bed);
        using var stop = new CancellationTokenSource();
        await Send(served, stays, TimeSpan.FromSeconds(2));
        var before = served.Memory;
        var watching = new List<Task>();
        foreach (var client in Enumerable.Range(0, Clients))
        {
            watching.Add(await HubListener.Start(served, "Watch", $"\"unit{client % Units}\"", Hear, stop.Token));
        }

        var after = served.Memory;
        await Send(served, stays, TimeSpan.FromSeconds(3));
        accepted.Clear();
        received.Clear();
        var sent = await Send(served, stays, time);
        await Task.Delay(1000);
        await stop.CancelAsync();
        await Task.WhenAll(watching);
        Report(table, sent, (after - before) / (double)Clients / 1024);
    }

    private void Report(Table table, int sent, double kilobytes)
    {
        var times = new Times();
        foreach (var (stay, version, at) in received)
        {
            if (accepted.TryGetValue((stay, version), out var from))
            {
                times.Add(Stopwatch.GetElapsedTime(from, Math.Max(from, at)));
            }
        }

        table.Row(
            "push",
            "accepted until a client has it",
            ("p50_ms", times.At(0.5)),
            ("p99_ms", times.At(0.99)),
            ("pushes", times.Count),
            ("events", sent),
            ("missing", sent * Clients / Units - times.Count),
            ("kB_per_client", kilobytes)
        );
    }

    private async Task<int> Send(Served served, List<string> stays, TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var sending = new List<Task>();
        for (var i = 0; watch.Elapsed < time; i++)
        {
            var stay = stays[i * 7 % stays.Count];
            sending.Add(Record(served, stay));
            var next = TimeSpan.FromSeconds((i + 1.0) / EventsPerSecond) - watch.Elapsed;
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
        if (message.TryGetProperty("target", out var target) && target.GetString() == "CardChanged")
        {
            var card = message.GetProperty("arguments")[0];
            received.Add((card.GetProperty("stay").GetString()!, card.GetProperty("version").GetInt64(), at));
        }
    }
}
