using System.Security.Cryptography;
using System.Text;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <summary>A source's word that somebody was at a patient: signed, for this patient, of this moment, once.</summary>
/// <param name="Moment">When the source was touched or heard.</param>
/// <param name="Nonce">Anything that the source does not use again.</param>
/// <param name="Signature">ECDSA with SHA-256 over <see cref="Message"/>, r and s of 32 bytes each (IEEE P1363), as base64.</param>
public sealed record EvidenceProof(Guid Source, DateTimeOffset Moment, string Nonce, string Signature)
{
    /// <summary>A proof is used at once: it lies no further from the check than this.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(2);

    public const int LongestNonce = 100;

    /// <summary>What a source signs: five lines, the moment in milliseconds since 1970.</summary>
    public static string Message(Guid source, Guid stay, DateTimeOffset moment, string nonce) =>
        string.Join(
            '\n',
            "handoff-evidence-1",
            source.ToString("D"),
            stay.ToString("D"),
            moment.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            nonce
        );

    /// <summary>What the proof is worth for a check of this stay; or nothing, and why.</summary>
    /// <param name="provenUpTo">The latest moment that was proven for the stay: none before it is accepted, so none twice.</param>
    public (EvidenceGrade Grade, string? Why) WorthFor(Guid stay, EvidenceSource source, DateTimeOffset at, DateTimeOffset? provenUpTo) =>
        source switch
        {
            { PublicKey: null } => (EvidenceGrade.None, "the source is not enrolled"),
            { RevokedAt: not null } => (EvidenceGrade.None, "the source was revoked"),
            _ when (at - Moment).Duration() > Life => (EvidenceGrade.None, "the proof is of another time"),
            _ when Moment <= provenUpTo => (EvidenceGrade.None, "the proof was used before"),
            _ when Nonce is null or { Length: 0 or > LongestNonce } || !IsSigned(stay, source.PublicKey) => (
                EvidenceGrade.None,
                "the proof is not for this patient"
            ),
            _ => (source.Grade, null),
        };

    /// <summary>A key without blanks and without the lines around it that PEM has. A private one stays as it is, to be told.</summary>
    public static string? PlainKey(string? typed) =>
        typed is null || typed.Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase)
            ? typed
            : string.Concat(typed.Split(['\r', '\n']).Where(line => !line.TrimStart().StartsWith("-----", StringComparison.Ordinal)))
                .Replace(" ", "", StringComparison.Ordinal)
                .Trim();

    public static bool IsKey(string? publicKey)
    {
        using var key = KeyOf(publicKey);
        return key is not null;
    }

    private bool IsSigned(Guid stay, string publicKey)
    {
        using var key = KeyOf(publicKey);
        var signature = new byte[64];
        return Convert.TryFromBase64String(Signature ?? "", signature, out var length)
            && length == signature.Length
            && key?.VerifyData(Encoding.UTF8.GetBytes(Message(Source, stay, Moment, Nonce)), signature, HashAlgorithmName.SHA256) == true;
    }

    private static ECDsa? KeyOf(string? publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey ?? ""), out _);
            return key.KeySize == 256 ? key : null;
        }
        catch (Exception malformed) when (malformed is FormatException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }
}
