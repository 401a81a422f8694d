using System.Net.Sockets;
using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Mllp;
using Microsoft.Extensions.Logging;

namespace Handoff.Api.Tests.Adt;

public sealed class MllpListenerTests : IAsyncDisposable
{
    private readonly List<string> logged = [];
    private readonly List<MllpListener> listeners = [];
    private readonly CancellationTokenSource deadline = new(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task Without_a_port_nothing_listens() => (await Listening(new())).Endpoint.ShouldBeNull();

    [Fact]
    public async Task A_message_is_answered_in_a_frame()
    {
        using var client = await Connected(Echo());
        await client.Send(Framed("MSH|one"));
        (await client.Answer()).ShouldBe("<MSH|one>");
    }

    [Fact]
    public async Task Pipelined_messages_are_answered_in_order()
    {
        using var client = await Connected(Echo());
        await client.Send([.. Enumerable.Range(0, 50).SelectMany(number => Framed($"MSH|{number}"))]);
        for (var number = 0; number < 50; number++)
        {
            (await client.Answer()).ShouldBe($"<MSH|{number}>");
        }
    }

    [Fact]
    public async Task A_message_may_arrive_byte_by_byte()
    {
        using var client = await Connected(Echo());
        foreach (var one in Framed("MSH|slow\rPID|1\r"))
        {
            await client.Send([one]);
            await Task.Yield();
        }
        (await client.Answer()).ShouldBe("<MSH|slow\rPID|1\r>");
    }

    [Theory]
    [InlineData("rubbish\r\n", "\r\n\r\nmore")]
    [InlineData("\u001c\r", "\u001c\r\u001c")]
    [InlineData("MSH|unframed\r", "")]
    public async Task What_is_between_frames_is_skipped(string before, string between)
    {
        using var client = await Connected(Echo());
        await client.Send([.. Encoding.UTF8.GetBytes(before), .. Framed("MSH|1"), .. Encoding.UTF8.GetBytes(between), .. Framed("MSH|2")]);
        (await client.Answer()).ShouldBe("<MSH|1>");
        (await client.Answer()).ShouldBe("<MSH|2>");
    }

    [Fact]
    public async Task A_frame_that_begins_inside_another_replaces_it()
    {
        using var client = await Connected(Echo());
        await client.Send([.. "\vMSH|cut off\r"u8, .. Framed("MSH|whole")]);
        (await client.Answer()).ShouldBe("<MSH|whole>");
    }

    [Theory]
    [InlineData("MSH|\u001c inside|\v too")]
    [InlineData("")]
    public async Task Marks_inside_a_message_do_not_end_it(string text)
    {
        using var client = await Connected(Echo());
        await client.Send(Framed(text));
        (await client.Answer()).ShouldBe($"<{text}>");
    }

    [Fact]
    public async Task An_end_mark_before_a_line_feed_or_the_end_of_the_stream_is_enough()
    {
        using var client = await Connected(Echo());
        await client.Send([.. "\vMSH|1\u001c\n"u8, .. "\vMSH|2\u001c"u8]);
        client.CloseSending();
        (await client.Answer()).ShouldBe("<MSH|1>");
        (await client.Answer()).ShouldBe("<MSH|2>");
        (await client.IsClosed()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_by_its_control_id_and_the_next_is_heard()
    {
        using var client = await Connected(Echo(), new() { Port = 0, MostBytes = 100_000 });
        await client.Send(Framed(AdtSample.Text("A01") + new string('x', 500_000)));
        var refusal = AdtSample.Message(await client.Answer());
        (refusal["MSA"][1].Text, refusal["MSA"][2].Text, refusal["ERR"][5].Text).ShouldBe(("AR", "MSGA01", "message-too-large"));
        await client.Send(Framed("MSH|next"));
        (await client.Answer()).ShouldBe("<MSH|next>");
    }

    [Fact]
    public async Task As_much_passes_as_over_HTTP_and_no_more()
    {
        new MllpSettings().MostBytes.ShouldBe(FeedLimits.MostBytes);
        using var client = await Connected((message, _) => Task.FromResult(Encoding.UTF8.GetBytes($"{message.Length}")));
        await client.Send(Framed(new string('x', FeedLimits.MostBytes)));
        (await client.Answer()).ShouldBe($"{FeedLimits.MostBytes}");
        await client.Send(Framed(AdtSample.Text("A01") + new string('x', FeedLimits.MostBytes)));
        AdtSample.Message(await client.Answer())["ERR"][5].Text.ShouldBe("message-too-large");
    }

    [Fact]
    public async Task A_message_that_never_ends_is_given_up()
    {
        using var client = await Connected(Echo(), new() { Port = 0, Slow = TimeSpan.FromMilliseconds(100) });
        await client.Send("\vMSH|and then nothing"u8.ToArray());
        (await client.IsClosed()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_silent_connection_is_closed_in_the_end()
    {
        using var client = await Connected(Echo(), new() { Port = 0, Idle = TimeSpan.FromMilliseconds(100) });
        (await client.IsClosed()).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_all_places_are_taken_the_oldest_idle_connection_makes_room()
    {
        var listener = await Listening(new() { Port = 0, MostConnections = 3 }, Echo());
        using var feed = await Connected(listener);
        (await Said(feed, "MSH|1")).ShouldBe("<MSH|1>");
        using var older = await Connected(listener);
        using var newer = await Connected(listener);
        using var another = await Connected(listener);
        (await Said(another, "MSH|2")).ShouldBe("<MSH|2>");
        (await older.IsClosed()).ShouldBeTrue();
        (await Said(feed, "MSH|3")).ShouldBe("<MSH|3>");
        (await Said(newer, "MSH|4")).ShouldBe("<MSH|4>");
    }

    [Fact]
    public async Task Half_open_connections_cannot_starve_a_sender()
    {
        var listener = await Listening(new() { Port = 0, MostConnections = 4 }, Echo());
        var open = new List<MllpClient>();
        for (var i = 0; i < 20; i++)
        {
            open.Add(await Connected(listener));
            await open[^1].Send("\vMSH|never"u8.ToArray());
        }

        using var feed = await Connected(listener);
        (await Said(feed, "MSH|heard")).ShouldBe("<MSH|heard>");
        open.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task Who_is_being_answered_keeps_their_place_and_slows_nobody()
    {
        var (begun, slow) = (new TaskCompletionSource(), new TaskCompletionSource());
        var listener = await Listening(
            new() { Port = 0, MostConnections = 2 },
            async (message, _) =>
            {
                if (message.Span.SequenceEqual("MSH|slow"u8))
                {
                    begun.SetResult();
                    await slow.Task;
                }

                return message.ToArray();
            }
        );
        using var busy = await Connected(listener);
        await busy.Send(Framed("MSH|slow"));
        await begun.Task;
        using var quick = await Connected(listener);
        (await Said(quick, "MSH|quick")).ShouldBe("MSH|quick");
        using var third = await Connected(listener);
        (await Said(third, "MSH|third")).ShouldBe("MSH|third");
        (await quick.IsClosed()).ShouldBeTrue();
        slow.SetResult();
        (await busy.Answer()).ShouldBe("MSH|slow");
    }

    [Fact]
    public async Task More_connections_than_allowed_are_turned_away_while_all_are_being_answered()
    {
        var (begun, slow) = (new TaskCompletionSource(), new TaskCompletionSource());
        var listener = await Listening(
            new() { Port = 0, MostConnections = 1 },
            async (message, _) =>
            {
                begun.TrySetResult();
                await slow.Task;
                return message.ToArray();
            }
        );
        using var first = await Connected(listener);
        await first.Send(Framed("MSH|1"));
        await begun.Task;
        using (var second = await Connected(listener))
        {
            (await second.IsClosed()).ShouldBeTrue();
        }

        slow.SetResult();
        (await first.Answer()).ShouldBe("MSH|1");
        (await Retried(listener, "MSH|3")).ShouldBe("MSH|3");
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("10.1.0.0/16", false)]
    public async Task Only_addresses_of_the_list_may_connect(string allowed, bool isLet)
    {
        var listener = await Listening(new() { Port = 0, Allow = ["192.168.7.7", allowed] }, Echo());
        using var client = await Connected(listener);
        await client.Send(Framed("MSH|1"));
        if (isLet)
        {
            (await client.Answer()).ShouldBe("<MSH|1>");
        }
        else
        {
            (await client.IsClosed()).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task An_address_that_is_none_keeps_the_service_from_starting() =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() => Listening(new() { Port = 0, Allow = ["the hospital"] }))
        ).Message.ShouldContain("Adt:Mllp:Allow holds the hospital");

    [Fact]
    public async Task A_message_that_cannot_be_answered_closes_its_connection_and_no_other()
    {
        var listener = await Listening(
            new() { Port = 0 },
            (message, _) =>
                message.Span.SequenceEqual("MSH|bad"u8)
                    ? throw new InvalidOperationException("no database")
                    : Task.FromResult(message.ToArray())
        );
        using var bad = await Connected(listener);
        using var good = await Connected(listener);
        await bad.Send(Framed("MSH|bad"));
        (await bad.IsClosed()).ShouldBeTrue();
        await good.Send(Framed("MSH|good"));
        (await good.Answer()).ShouldBe("MSH|good");
        lock (logged)
        {
            logged.ShouldAllBe(line => !line.Contains("MSH"));
        }
    }

    [Fact]
    public async Task A_taken_port_is_a_clear_message()
    {
        var port = (await Listening(new() { Port = 0 }, Echo())).Endpoint!.Port;
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => Listening(new() { Port = port }, Echo()));
        refused.Message.ShouldContain($"port {port}");
        refused.Message.ShouldContain("Adt:Mllp:Port");
    }

    [Fact]
    public async Task Noise_of_any_kind_leaves_the_listener_answering()
    {
        var listener = await Listening(
            new()
            {
                Port = 0,
                MostBytes = 2_000,
                MostConnections = 100,
            },
            Echo()
        );
        var random = new Random(7);
        for (var round = 0; round < 60; round++)
        {
            using var noisy = await Connected(listener);
            var noise = Enumerable
                .Range(0, random.Next(6_000))
                .Select(_ => random.Next(3) == 0 ? "\v\u001c\rMSH"u8[random.Next(6)] : (byte)random.Next(256));
            await noisy.Send([.. noise]);
        }
        using var client = await Connected(listener);
        await client.Send(Framed("MSH|still here"));
        (await client.Answer()).ShouldBe("<MSH|still here>");
    }

    private static async Task<string> Said(MllpClient client, string text)
    {
        await client.Send(Framed(text));
        return await client.Answer();
    }

    private static byte[] Framed(string text) => MllpFraming.Frame(Encoding.UTF8.GetBytes(text));

    private static Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> Echo() =>
        (message, _) => Task.FromResult<byte[]>([(byte)'<', .. message.Span, (byte)'>']);

    private async Task<MllpListener> Listening(
        MllpSettings settings,
        Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>>? answer = null
    )
    {
        var listener = new MllpListener(settings, answer ?? Echo(), TimeProvider.System, new Lines(logged));
        listeners.Add(listener);
        await listener.StartAsync(deadline.Token);
        return listener;
    }

    private async Task<MllpClient> Connected(
        Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> answer,
        MllpSettings? settings = null
    ) => await Connected(await Listening(settings ?? new() { Port = 0 }, answer));

    private Task<MllpClient> Connected(MllpListener listener) => MllpClient.Connect(listener.Endpoint!, deadline.Token);

    /// <summary>The place of a connection that has ended is free a moment later.</summary>
    private async Task<string> Retried(MllpListener listener, string text)
    {
        while (true)
        {
            using var client = await Connected(listener);
            try
            {
                await client.Send(Framed(text));
                return await client.Answer();
            }
            catch (IOException)
            {
                await Task.Delay(20, deadline.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners)
        {
            await listener.StopAsync(CancellationToken.None);
            listener.Dispose();
        }
        deadline.Dispose();
    }

    private sealed class Lines(List<string> lines) : ILogger<MllpListener>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (lines)
            {
                lines.Add(formatter(state, exception) + exception?.Message);
            }
        }
    }
}
