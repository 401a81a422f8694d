using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Handoff.Api.Tests.Store;

/// <summary>Stands where a database was: takes connections, says nothing, and after <see cref="HangUp"/> ends each at once.</summary>
public sealed class SilentServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> held = [];
    private readonly Task accepting;
    private volatile bool hasHungUp;
    private int asked;

    public SilentServer()
    {
        listener.Start();
        accepting = Task.Run(Accept);
    }

    public int Asked => Volatile.Read(ref asked);

    public string ConnectionString =>
        $"Host=127.0.0.1;Port={((IPEndPoint)listener.LocalEndpoint).Port};Username=nobody;Database=none;Timeout=60;SSL "
        + "Mode=Disable;GSS Encryption Mode=Disable";

    public void HangUp()
    {
        hasHungUp = true;
        foreach (var client in held)
        {
            client.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        HangUp();
        listener.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref asked);
                held.Add(client);
                if (hasHungUp)
                {
                    client.Dispose();
                }
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
