using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
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
            watching.Add(await Watch(served, $"unit{client % Units}", stop.Token));
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
        using var answer = await served.Http.PostAsJsonAsync($"/api/rounding/{stay}/record-check", Bed.Check(stay), Names.Json);
        var at = Stopwatch.GetTimestamp();
        answer.EnsureSuccessStatusCode();
        var written = await answer.Content.ReadFromJsonAsync<Written>(Names.Json);
        accepted[(stay, written!.Position)] = at;
    }

    // The hub's JSON protocol over a bare WebSocket: a handshake, one call, then whatever is pushed.
    private async Task<Task> Watch(Served served, string unit, CancellationToken stop)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Api-Key", Served.Key);
        await socket.ConnectAsync(new UriBuilder(served.Address) { Scheme = "ws", Path = "/hubs/board" }.Uri, stop);
        await Say(socket, """{"protocol":"json","version":1}""", stop);
        await Say(socket, $$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{unit}}"]}""", stop);
        return Task.Run(() => Listen(socket, stop), CancellationToken.None);
    }

    private static Task Say(ClientWebSocket socket, string message, CancellationToken stop) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, stop);

    private async Task Listen(ClientWebSocket socket, CancellationToken stop)
    {
        var buffer = new byte[256 * 1024];
        var length = 0;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                length += (await socket.ReceiveAsync(buffer.AsMemory(length), stop)).Count;
                var at = Stopwatch.GetTimestamp();
                var start = 0;
                for (int end; (end = buffer.AsSpan(start, length - start).IndexOf((byte)0x1e)) >= 0; start += end + 1)
                {
                    Hear(buffer.AsMemory(start, end), at);
                }

                buffer.AsSpan(start, length - start).CopyTo(buffer);
                length -= start;
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private void Hear(ReadOnlyMemory<byte> message, long at)
    {
        using var json = JsonDocument.Parse(message);
        if (json.RootElement.TryGetProperty("target", out var target) && target.GetString() == "CardChanged")
        {
            var card = json.RootElement.GetProperty("arguments")[0];
            received.Add((card.GetProperty("stay").GetString()!, card.GetProperty("version").GetInt64(), at));
        }
    }
}
