using System.Net;
using System.Net.Sockets;
using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Mllp;

namespace Handoff.Api.Tests.Adt;

/// <summary>A feed's end of an MLLP connection.</summary>
internal sealed class MllpClient : IDisposable
{
    private readonly TcpClient tcp = new();
    private readonly CancellationToken deadline;
    private NetworkStream? stream;

    private MllpClient(CancellationToken deadline) => this.deadline = deadline;

    internal static async Task<MllpClient> Connect(IPEndPoint endpoint, CancellationToken deadline)
    {
        var client = new MllpClient(deadline);
        await client.tcp.ConnectAsync(endpoint, deadline);
        client.stream = client.tcp.GetStream();
        return client;
    }

    internal async Task Send(byte[] bytes)
    {
        try
        {
            await stream!.WriteAsync(bytes, deadline);
        }
        catch (IOException)
        {
            // The other side may have hung up already; what it answered says so.
        }
    }

    internal void CloseSending() => tcp.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The next answer, without its frame; an IOException where the other side has hung up.</summary>
    internal async Task<string> Answer()
    {
        List<byte> bytes = [];
        while (!(bytes is [.., MllpFraming.End, (byte)'\r']))
        {
            bytes.Add(await Byte() ?? throw new IOException("hung up"));
        }

        bytes[0].ShouldBe(MllpFraming.Start);
        return Encoding.UTF8.GetString([.. bytes[1..^2]]);
    }

    internal async Task<bool> IsClosed()
    {
        try
        {
            return await Byte() is null;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private async Task<byte?> Byte()
    {
        var one = new byte[1];
        return await stream!.ReadAsync(one, deadline) == 0 ? null : one[0];
    }

    public void Dispose() => tcp.Dispose();
}
