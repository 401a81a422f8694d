using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Feeds.Mllp;

/// <summary>
/// Takes HL7 messages over MLLP and sends back what <paramref name="answer"/> says, in order, one at a time per connection.
/// A message whose answer throws gets none: the connection is closed and the sender sends it again. Nothing of a message is logged.
/// Connections don't wait for each other. Where all places are taken, a new one gets the place of the oldest that is idle.
/// </summary>
public sealed partial class MllpListener(
    MllpSettings settings,
    Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> answer,
    TimeProvider clock,
    ILogger<MllpListener> logger
) : BackgroundService
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<Line, Task> connections = [];
    private TcpListener? listener;
    private IReadOnlyList<IPNetwork> allowed = [];
    private SslServerAuthenticationOptions? tls;

    /// <summary>Where it listens, once started; null when off.</summary>
    public IPEndPoint? Endpoint => (IPEndPoint?)listener?.LocalEndpoint;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Port is { } port)
        {
            (allowed, tls) = (settings.Networks(), settings.Tls?.Options());
            listener = Listen(port);
        }

        return base.StartAsync(cancellationToken);
    }

    private TcpListener Listen(int port)
    {
        if (!IPAddress.TryParse(settings.Address, out var address) || port is < 0 or > 65535)
        {
            throw new InvalidOperationException($"Adt:Mllp can't listen on {settings.Address} port {port}: that is no address.");
        }

        var listening = new TcpListener(address, port);
        try
        {
            listening.Start();
            return listening;
        }
        catch (SocketException refused)
        {
            listening.Dispose();
            throw new InvalidOperationException(
                $"Adt:Mllp can't listen on {address} port {port}: {refused.SocketErrorCode}. Choose another Adt:Mllp:Port.",
                refused
            );
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (listener is null)
        {
            return;
        }

        Listening(listener.LocalEndpoint);
        try
        {
            while (true)
            {
                await Accept(listener, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            listener.Stop();
            await Task.WhenAll([.. connections.Values]);
        }
    }

    public override void Dispose()
    {
        listener?.Dispose();
        base.Dispose();
    }

    private async Task Accept(TcpListener from, CancellationToken stopping)
    {
        try
        {
            await Admit(await from.AcceptTcpClientAsync(stopping), stopping);
        }
        catch (SocketException failed)
        {
            // Out of file handles, or the caller is gone already: neither ends the listening.
            NotAccepted(failed.SocketErrorCode);
            await Task.Delay(Breath, clock, stopping);
        }
    }

    private async Task Admit(TcpClient client, CancellationToken stopping)
    {
        if (!IsAllowed(client))
        {
            NotAllowed();
            client.Dispose();
            return;
        }

        // Somebody who has their answer already may be on their way to rest.
        if (!HasRoom())
        {
            await Task.Delay(Moment, stopping);
        }

        if (HasRoom())
        {
            var line = new Line(client, clock, stopping);
            connections[line] = Serve(line, stopping);
        }
        else
        {
            Full(settings.MostConnections);
            client.Dispose();
        }
    }

    private bool HasRoom()
    {
        foreach (var (ended, _) in connections.Where(connection => connection.Value.IsCompleted).ToList())
        {
            connections.TryRemove(ended, out _);
        }

        return connections.Count < settings.MostConnections || MakeRoom();
    }

    private bool IsAllowed(TcpClient client)
    {
        if (allowed.Count == 0)
        {
            return true;
        }

        var from = ((IPEndPoint)client.Client.RemoteEndPoint!).Address;
        from = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        return allowed.Any(network => network.Contains(from));
    }

    // Who has never sent a message goes first; a feed that loses its place connects again.
    private bool MakeRoom()
    {
        if (
            connections.Keys.Where(line => !line.IsBusy).OrderBy(line => line.HasSpoken).ThenBy(line => line.Since).FirstOrDefault()
            is not { } oldest
        )
        {
            return false;
        }

        MadeRoom();
        oldest.End();
        connections.TryRemove(oldest, out _);
        return true;
    }

    private async Task Serve(Line line, CancellationToken stopping)
    {
        await Task.Yield();
        using (line)
        {
            try
            {
                var socket = line.Client.Client;
                line.Client.NoDelay = true;
                // A peer that has lost its power is noticed within two minutes and gives its place free.
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
                socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
                await using var stream = await Secured(line.Client.GetStream(), line.Ended);
                await Converse(line, stream, stopping);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                TimedOut();
            }
            catch (AuthenticationException)
            {
                NotSecured();
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
            {
                Gone();
            }
            catch (Exception unanswered)
            {
                Unanswered(unanswered);
            }
        }
    }

    private async Task<Stream> Secured(NetworkStream stream, CancellationToken ended)
    {
        if (tls is null)
        {
            return stream;
        }

        var secured = new SslStream(stream);
        await Within(
            settings.Slow,
            async cancellation =>
            {
                await secured.AuthenticateAsServerAsync(tls, cancellation);
                return true;
            },
            ended
        );
        return secured;
    }

    private async Task Converse(Line line, Stream stream, CancellationToken stopping)
    {
        var input = PipeReader.Create(stream, new(bufferSize: 16 * 1024, useZeroByteReads: true, leaveOpen: true));
        var framing = new MllpFraming(input, settings.MostBytes);
        while (
            await Within(settings.Idle, framing.Begins, line.Ended) && await Within(settings.Slow, framing.Next, line.Ended) is { } frame
        )
        {
            line.Busy();
            var reply = MllpFraming.Frame(frame.IsWhole ? await answer(frame.Bytes, stopping) : TooLarge(frame.Bytes));
            await Within(
                settings.Slow,
                async cancellation =>
                {
                    await stream.WriteAsync(reply, cancellation);
                    return true;
                },
                line.Ended
            );
            line.Rests();
        }
        await input.CompleteAsync();
    }

    private byte[] TooLarge(ReadOnlyMemory<byte> excerpt) =>
        Acknowledgement.Refuse(
            Hl7Message.Read(excerpt).Header,
            clock.GetUtcNow(),
            $"{Guid.CreateVersion7(clock.GetUtcNow()):N}"[..20],
            Hl7Fault.TooLarge(settings.MostBytes)
        );

    private async ValueTask<T> Within<T>(TimeSpan limit, Func<CancellationToken, ValueTask<T>> step, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        return await step(either.Token);
    }

    [LoggerMessage(LogLevel.Information, "MLLP listens on {Endpoint}.")]
    private partial void Listening(EndPoint endpoint);

    [LoggerMessage(LogLevel.Warning, "MLLP could not accept a connection: {Error}.")]
    private partial void NotAccepted(SocketError error);

    [LoggerMessage(LogLevel.Warning, "MLLP turned a connection away: {Most} are open.")]
    private partial void Full(int most);

    [LoggerMessage(LogLevel.Warning, "MLLP turned a connection away: its address is not in Adt:Mllp:Allow.")]
    private partial void NotAllowed();

    [LoggerMessage(
        LogLevel.Warning,
        "MLLP turned a connection away: no secure connection could be made, or its certificate was not taken."
    )]
    private partial void NotSecured();

    [LoggerMessage(LogLevel.Information, "MLLP closed its oldest idle connection for a new one.")]
    private partial void MadeRoom();

    [LoggerMessage(LogLevel.Information, "MLLP closed a connection that was silent or too slow.")]
    private partial void TimedOut();

    [LoggerMessage(LogLevel.Debug, "An MLLP connection has ended.")]
    private partial void Gone();

    [LoggerMessage(LogLevel.Error, "MLLP closed a connection: its message could not be answered.")]
    private partial void Unanswered(Exception unanswered);

    /// <summary>One connection, and whether it is in the middle of a message's answer.</summary>
    private sealed class Line(TcpClient client, TimeProvider clock, CancellationToken stopping) : IDisposable
    {
        private readonly CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        private long since = clock.GetTimestamp();
        private volatile bool isBusy;

        internal TcpClient Client => client;

        internal CancellationToken Ended => ended.Token;

        internal bool IsBusy => isBusy;

        internal bool HasSpoken { get; private set; }

        /// <summary>Since when it has been idle.</summary>
        internal long Since => Interlocked.Read(ref since);

        internal void Busy() => (isBusy, HasSpoken) = (true, true);

        internal void Rests()
        {
            Interlocked.Exchange(ref since, clock.GetTimestamp());
            isBusy = false;
        }

        internal void End()
        {
            try
            {
                ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
        }

        public void Dispose()
        {
            ended.Dispose();
            client.Dispose();
        }
    }
}
