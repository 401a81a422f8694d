using System.Security.Cryptography;
using System.Text;

namespace Handoff.Domain.Kernel;

/// <summary>Streams are named <c>kind-key</c>: the kind is the state's stored name, the key is the noun's own id.</summary>
public static class StreamId
{
    public static string For(string kind, string key) => kind + "-" + key;

    public static string For(string kind, Guid key) => kind + "-" + key.ToString("D");

    public static string Kind(string stream) => stream[..stream.IndexOf('-', StringComparison.Ordinal)];

    public static bool Is(string stream, string kind) =>
        stream.Length > kind.Length && stream[kind.Length] == '-' && stream.StartsWith(kind, StringComparison.Ordinal);

    public static string Key(string stream) => stream[(stream.IndexOf('-', StringComparison.Ordinal) + 1)..];
}

/// <summary>Ids that follow from what they are about, so that a repeated message finds what its first arrival made.</summary>
public static class NamedId
{
    /// <summary>An RFC 9562 version 8 id: the first 16 bytes of SHA-256 over the parts, each preceded by its length.</summary>
    public static Guid From(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        Span<byte> id = stackalloc byte[32];
        hash.GetHashAndReset(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id[..16], bigEndian: true);
    }
}
