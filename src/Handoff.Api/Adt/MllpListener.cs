using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Handoff.Api.Adt;

/// <summary>Configuration section <c>Adt:Mllp</c>.</summary>
public sealed record MllpSettings
{
    /// <summary>The TCP port; without one nothing listens. 0 takes any free port.</summary>
    public int? Port { get; init; }

    /// <summary>The facility whose feed it is; the only one if there is one.</summary>
    public string? Facility { get; init; }
    public string Address { get; init; } = "127.0.0.1";
    public int MostConnections { get; init; } = 32;
    public int MostBytes { get; init; } = Hl7Message.UsualLimit;

    /// <summary>How long a connection may be without a message: a feed is quiet at night.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long one message may take to arrive, and its answer to be taken.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>
/// Takes HL7 messages over MLLP and sends back what <paramref name="answer"/> says, in order, one at a time per connection.
/// A message whose answer throws gets none: the connection is closed and the sender sends it again. Nothing of a message is logged.
/// </summary>
public sealed partial class MllpListener(
    MllpSettings settings, Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> answer,
    TimeProvider clock, ILogger<MllpListener> logger) : BackgroundService
{
    static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(200);

    readonly Dictionary<TcpClient, Task> connections = [];
    TcpListener? listener;

    /// <summary>Where it listens, once started; null when off.</summary>
    public IPEndPoint? Endpoint => (IPEndPoint?)listener?.LocalEndpoint;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Port is { } port) listener = Listen(port);
        return base.StartAsync(cancellationToken);
    }

    TcpListener Listen(int port)
    {
        if (!IPAddress.TryParse(settings.Address, out var address) || port is < 0 or > 65535)
            throw new InvalidOperationException($"Adt:Mllp can't listen on {settings.Address} port {port}: that is no address.");
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
                $"Adt:Mllp can't listen on {address} port {port}: {refused.SocketErrorCode}. Choose another Adt:Mllp:Port.", refused);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (listener is null) return;
        Listening(listener.LocalEndpoint);
        try
        {
            while (true) await Accept(listener, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            listener.Stop();
            await Task.WhenAll(connections.Values);
        }
    }

    public override void Dispose()
    {
        listener?.Dispose();
        base.Dispose();
    }

    async Task Accept(TcpListener from, CancellationToken stopping)
    {
        try
        {
            Admit(await from.AcceptTcpClientAsync(stopping), stopping);
        }
        catch (SocketException failed)
        {
            // Out of file handles, or the caller is gone already: neither ends the listening.
            NotAccepted(failed.SocketErrorCode);
            await Task.Delay(Breath, clock, stopping);
        }
    }

    void Admit(TcpClient client, CancellationToken stopping)
    {
        foreach (var (ended, _) in connections.Where(connection => connection.Value.IsCompleted).ToList()) connections.Remove(ended);
        if (connections.Count < settings.MostConnections)
        {
            connections[client] = Serve(client, stopping);
            return;
        }
        Full(settings.MostConnections);
        client.Dispose();
    }

    async Task Serve(TcpClient client, CancellationToken stopping)
    {
        await Task.Yield();
        using (client)
        {
            try
            {
                client.NoDelay = true;
                // A peer that has lost its power is noticed within two minutes and gives its place free.
                client.Client.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                client.Client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 60);
                client.Client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
                client.Client.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
                await Converse(client.GetStream(), stopping);
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                TimedOut();
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

    async Task Converse(NetworkStream stream, CancellationToken stopping)
    {
        var input = PipeReader.Create(stream, new(bufferSize: 16 * 1024, useZeroByteReads: true, leaveOpen: true));
        var framing = new MllpFraming(input, settings.MostBytes);
        while (await Within(settings.Idle, framing.Begins, stopping)
            && await Within(settings.Slow, framing.Next, stopping) is { } frame)
        {
            var reply = MllpFraming.Frame(frame.IsWhole ? await answer(frame.Bytes, stopping) : TooLarge(frame.Bytes));
            await Within(settings.Slow, async cancellation =>
            {
                await stream.WriteAsync(reply, cancellation);
                return true;
            }, stopping);
        }
        await input.CompleteAsync();
    }

    byte[] TooLarge(ReadOnlyMemory<byte> excerpt) => Acknowledgement.Refuse(
        Hl7Message.Read(excerpt).Header, clock.GetUtcNow(), $"{Guid.CreateVersion7(clock.GetUtcNow()):N}"[..20],
        Hl7Fault.TooLarge(settings.MostBytes));

    async ValueTask<T> Within<T>(TimeSpan limit, Func<CancellationToken, ValueTask<T>> step, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        return await step(either.Token);
    }

    [LoggerMessage(LogLevel.Information, "MLLP listens on {Endpoint}.")]
    partial void Listening(EndPoint endpoint);

    [LoggerMessage(LogLevel.Warning, "MLLP could not accept a connection: {Error}.")]
    partial void NotAccepted(SocketError error);

    [LoggerMessage(LogLevel.Warning, "MLLP turned a connection away: {Most} are open.")]
    partial void Full(int most);

    [LoggerMessage(LogLevel.Information, "MLLP closed a connection that was silent or too slow.")]
    partial void TimedOut();

    [LoggerMessage(LogLevel.Debug, "An MLLP connection has ended.")]
    partial void Gone();

    [LoggerMessage(LogLevel.Error, "MLLP closed a connection: its message could not be answered.")]
    partial void Unanswered(Exception unanswered);
}
