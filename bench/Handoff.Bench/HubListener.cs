using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Handoff.Bench;

/// <summary>The hub's JSON protocol over a bare WebSocket: a handshake, one call, then whatever is pushed.</summary>
internal static class HubListener
{
    /// <param name="arguments">As JSON, without the brackets.</param>
    /// <param name="hear">Gets each message, and when it had come.</param>
    /// <returns>When it listens, what ends when it is stopped.</returns>
    public static async Task<Task> Start(
        Served served,
        string method,
        string arguments,
        Action<JsonElement, long> hear,
        CancellationToken stop
    )
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Api-Key", Served.Key);
        await socket.ConnectAsync(new UriBuilder(served.Address) { Scheme = "ws", Path = "/hubs/board" }.Uri, stop);
        await Say(socket, """{"protocol":"json","version":1}""", stop);
        await Say(socket, $$"""{"type":1,"invocationId":"1","target":"{{method}}","arguments":[{{arguments}}]}""", stop);
        return Task.Run(() => Listen(socket, hear, stop), CancellationToken.None);
    }

    private static Task Say(ClientWebSocket socket, string message, CancellationToken stop) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, stop);

    private static async Task Listen(ClientWebSocket socket, Action<JsonElement, long> hear, CancellationToken stop)
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
                    Hear(buffer.AsMemory(start, end), hear, at);
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

    private static void Hear(ReadOnlyMemory<byte> message, Action<JsonElement, long> hear, long at)
    {
        using var json = JsonDocument.Parse(message);
        hear(json.RootElement, at);
    }
}
