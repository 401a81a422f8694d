using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Mllp;

/// <summary>How large a message may be, however it comes.</summary>
public static class FeedLimits
{
    public const int MostBytes = 4 * 1024 * 1024;
}

/// <summary>Configuration section <c>Adt:Mllp</c>.</summary>
public sealed record MllpSettings
{
    /// <summary>The TCP port; without one nothing listens. 0 takes any free port.</summary>
    public int? Port { get; init; }

    /// <summary>The facility whose feed it is; the only one if there is one.</summary>
    public string? Facility { get; init; }

    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Addresses (<c>10.1.2.3</c>) and networks (<c>10.1.2.0/24</c>) that may connect; none named, all may.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    public MllpTls? Tls { get; init; }

    public int MostConnections { get; init; } = 32;

    public int MostBytes { get; init; } = FeedLimits.MostBytes;

    /// <summary>
    /// How long a connection may be without a message: a feed is quiet at night. Where all places are taken, the oldest idle one is closed
    /// for a new one.
    /// </summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long the handshake of TLS, one message, or the taking of its answer may last.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="InvalidOperationException">One of them is neither an address nor a network.</exception>
    internal IReadOnlyList<IPNetwork> Networks() => [.. Allow.Select(Network)];

    private static IPNetwork Network(string said) =>
        IPAddress.TryParse(said, out var one) ? new(one, one.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(said, out var network) ? network
        : throw new InvalidOperationException(
            $"Adt:Mllp:Allow holds {said}, which is neither an address nor a network. Write it as 10.1.2.3 or 10.1.2.0/24."
        );
}

/// <summary>Whether a client shows a certificate of its own. A certificate that is shown must always be good.</summary>
public enum ClientCertificates
{
    None,
    Optional,
    Required,
}
