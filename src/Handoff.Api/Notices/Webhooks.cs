using System.Security.Cryptography;
using System.Text;

namespace Handoff.Api.Notices;

/// <summary>Where a facility's notices go, and the key that they are signed with.</summary>
public sealed record Webhook(Uri Url, byte[] Secret)
{
    /// <summary>
    /// The signature of a message as Standard Webhooks have it (standardwebhooks.com, version 1): HMAC-SHA256 of id, time and body, joined
    /// by dots.
    /// </summary>
    /// <param name="sent">Seconds since 1970, as in the header.</param>
    public string Sign(string id, string sent, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes($"{id}.{sent}.{body}")));
}

/// <summary>
/// Configuration section <c>Webhooks</c>: by facility a <c>Url</c> and a <c>Secret</c> (<c>whsec_</c> and at least 24 bytes in base64).
/// </summary>
public sealed class Webhooks(IReadOnlyDictionary<string, Webhook> byFacility)
{
    private const string Prefix = "whsec_";
    private const int Shortest = 24;

    public Webhook? ForFacility(string facility) => byFacility.GetValueOrDefault(facility);

    /// <exception cref="InvalidOperationException">Something in it is not as it must be; the message names it.</exception>
    public static Webhooks From(IConfiguration configuration) =>
        new(
            configuration
                .GetSection("Webhooks")
                .GetChildren()
                .ToDictionary(
                    facility => facility.Key,
                    facility => new Webhook(
                        Address($"Webhooks:{facility.Key}:Url", facility["Url"]),
                        Key($"Webhooks:{facility.Key}:Secret", facility["Secret"])
                    ),
                    StringComparer.Ordinal
                )
        );

    private static Uri Address(string name, string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw new InvalidOperationException($"{name} is the https address that notices are sent to (http on this machine only).");

    private static byte[] Key(string name, string? secret)
    {
        var bytes = new byte[(secret ?? "").Length];
        return
            secret?.StartsWith(Prefix, StringComparison.Ordinal) == true
            && Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length)
            && length >= Shortest
            ? bytes[..length]
            : throw new InvalidOperationException(
                $"{name} is {Prefix} and at least {Shortest} bytes in base64. Make one with: echo \"{Prefix}$(openssl rand -base64 32)\""
            );
    }
}
