using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <param name="Json">The event's, as it is written.</param>
/// <param name="Headers">The headers' JSON, but for the chain's hash.</param>
/// <param name="Content">What the chain holds of it.</param>
internal sealed record PreparedEvent(
    EventEnvelope Recorded,
    long Version,
    string Type,
    byte[] Json,
    byte[] Headers,
    byte[] Content,
    bool IsUnfit
)
{
    /// <summary>The headers with the chain's hash.</summary>
    public byte[] Proven(byte[] hash) =>
        [
            .. Headers.AsSpan(0, Headers.Length - 1),
            .. ",\"hash\":\""u8,
            .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash)),
            .. "\"}"u8,
        ];
}
