using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Handoff.Api.Tests.Support;

/// <summary>
/// A hub connection that speaks SignalR's JSON protocol over a WebSocket, without negotiation: a dozen lines are enough for tests.
/// </summary>
public sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';

    private readonly ClientWebSocket socket = new();
    private readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(30));
    private readonly Channel<JsonElement> heard = Channel.CreateUnbounded<JsonElement>();
    private readonly Queue<JsonElement> kept = new();
    private Task listening = Task.CompletedTask;
    private int calls;

    private HubClient() { }

    public static async Task<HubClient> Connect(Uri app, string? token, string? key, string? cookie = null)
    {
        var client = new HubClient();
        if (key is not null)
        {
            client.socket.Options.SetRequestHeader("X-Api-Key", key);
        }

        if (cookie is not null)
        {
            client.socket.Options.SetRequestHeader("Cookie", cookie);
        }

        var query = token is null ? "" : $"?access_token={Uri.EscapeDataString(token)}";
        await client.socket.ConnectAsync(new($"ws://{app.Authority}/hubs/board{query}"), client.deadline.Token);
        client.listening = client.Listen();
        await client.Send(new { protocol = "json", version = 1 });
        await client.Next(message => !message.TryGetProperty("type", out _));
        return client;
    }

    /// <summary>Calls a method of the hub: its result, or its error.</summary>
    public async Task<(JsonElement Result, string? Error)> Call(string method, params object?[] arguments)
    {
        var id = (++calls).ToString();
        await Send(
            new
            {
                type = 1,
                invocationId = id,
                target = method,
                arguments,
            }
        );
        var answer = await Next(message => message.TryGetProperty("invocationId", out var of) && of.GetString() == id);
        return (
            answer.TryGetProperty("result", out var result) ? result : default,
            answer.TryGetProperty("error", out var error) ? error.GetString() : null
        );
    }

    /// <summary>The unit's whole board.</summary>
    public async Task<JsonElement> Watch(string unit) =>
        await Call("Watch", unit) is (var board, null) ? board : throw new InvalidOperationException("Not allowed to watch.");

    /// <summary>The unit as a page is told it that shows a view of its cards and has these already.</summary>
    public async Task<JsonElement> WatchPage(string unit, string view, IReadOnlyDictionary<Guid, long>? shown = null) =>
        await Call("WatchPage", unit, view, shown ?? new Dictionary<Guid, long>()) is (var board, null)
            ? board
            : throw new InvalidOperationException("Not allowed to watch.");

    /// <summary>The next card that is pushed.</summary>
    public async Task<JsonElement> Card() => await Card(_ => true);

    /// <summary>The next pushed card that is as wanted; what was pushed before it is passed over.</summary>
    public async Task<JsonElement> Card(Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            var card = kept.Count > 0 ? kept.Dequeue() : await Next(IsCard);
            if (wanted(card.GetProperty("arguments")[0]))
            {
                return card.GetProperty("arguments")[0];
            }
        }
    }

    /// <summary>Every card that was pushed up to now: a call's answer comes after them.</summary>
    public async Task<List<JsonElement>> Cards()
    {
        await Call("Unwatch", "");
        return [.. kept.Select(card => card.GetProperty("arguments")[0])];
    }

    /// <summary>The next push of another kind that is as wanted.</summary>
    public async Task<JsonElement> Told(string target, Func<JsonElement, bool> wanted) =>
        (
            await Next(message =>
                message.TryGetProperty("target", out var of) && of.GetString() == target && wanted(message.GetProperty("arguments")[0])
            )
        ).GetProperty("arguments")[0];

    /// <summary>Returns when the server has ended the connection.</summary>
    public async Task Ended() => await Should.ThrowAsync<ChannelClosedException>(() => Next(_ => false));

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await listening;
        (socket as IDisposable).Dispose();
        deadline.Dispose();
    }

    private static bool IsCard(JsonElement message) =>
        message.TryGetProperty("target", out var target) && target.GetString() == "CardChanged";

    private async Task<JsonElement> Next(Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            var message = await heard.Reader.ReadAsync(deadline.Token);
            if (wanted(message))
            {
                return message;
            }

            if (IsCard(message))
            {
                kept.Enqueue(message);
            }
        }
    }

    private async Task Send(object message) =>
        await socket.SendAsync(
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + End),
            WebSocketMessageType.Text,
            true,
            deadline.Token
        );

    private async Task Listen()
    {
        var (buffer, text) = (new byte[16_384], new MemoryStream());
        try
        {
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                foreach (var one in buffer.AsMemory(0, part.Count).ToArray())
                {
                    if (one != End)
                    {
                        text.WriteByte(one);
                    }
                    else
                    {
                        Hear(text);
                    }
                }
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The other side is gone; whoever waits hears of it.
        }

        heard.Writer.Complete();
    }

    private void Hear(MemoryStream text)
    {
        heard.Writer.TryWrite(JsonSerializer.Deserialize<JsonElement>(text.ToArray()));
        text.SetLength(0);
    }
}
