using System.Security.Cryptography;
using System.Text;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

// Events

/// <param name="Grade">What its proof is worth.</param>
/// <param name="PublicKey">With which its proofs are verified; the private one is the source's alone.</param>
[Stored("evidence_source_enrolled")]
public sealed record EvidenceSourceEnrolled(DateTimeOffset OccurredAt, string Name, EvidenceGrade Grade, string PublicKey)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"{Name} was enrolled as a source of evidence ({Grade.ToString().ToUpperInvariant()}).";
}

[Stored("evidence_source_revoked")]
public sealed record EvidenceSourceRevoked(DateTimeOffset OccurredAt, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"A source of evidence was revoked at {time.Clock(OccurredAt)}: {Reason}";
}

// State

public static class EvidenceWords
{
    /// <summary>What a source with this grade is.</summary>
    public static string Words(this EvidenceGrade grade) =>
        grade switch
        {
            EvidenceGrade.Qr => "QR codes",
            EvidenceGrade.Nfc => "NFC tags",
            EvidenceGrade.Ble => "Bluetooth beacons",
            _ => "Nothing",
        };
}

/// <summary>A tag reader or a beacon gateway whose proof is accepted: it holds a private key that nobody else has, this service neither.</summary>
[Stored("evidence_source")]
public sealed record EvidenceSource : State
{
    public string? Name { get; init; }

    public EvidenceGrade Grade { get; init; }

    public string? PublicKey { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public Guid Id { get; init; }

    public override State Evolve(Recorded fact) =>
        fact.Event switch
        {
            EvidenceSourceEnrolled e => this with { Id = Guid.Parse(fact.Key), Name = e.Name, Grade = e.Grade, PublicKey = e.PublicKey },
            EvidenceSourceRevoked e => this with { RevokedAt = e.OccurredAt },
            _ => this,
        };
}

// Commands

/// <summary>Accept a source's proofs from now on.</summary>
/// <param name="PublicKey">ECDSA on P-256, as base64 of its SubjectPublicKeyInfo, with or without the lines around it that PEM has.</param>
public sealed record EnrolEvidenceSource(string? Name, EvidenceGrade? Grade, string? PublicKey) : Command<EvidenceSource>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(EvidenceSource state, Situation now) =>
        (this with { PublicKey = EvidenceProof.PlainKey(PublicKey) }).Enrol(state, now);

    /// <summary>Whether somebody sent what the source alone may have.</summary>
    public bool IsPrivate() => PublicKey?.Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase) == true;

    private Decision Enrol(EvidenceSource state, Situation now) =>
        state switch
        {
            _ when !Guid.TryParse(Key, out _) => Refusal.Invalid("source-id-invalid", "The source's id is a UUID.", "id"),
            _ when Text.Line(Name) is null => Refusal.Missing("name", "Say what it is and where, such as NFC tags, 2 West."),
            _ when Text.TooLong(Text.Line(Name), Text.NameLimit, "name") is { } refusal => refusal,
            _ when Grade is null or EvidenceGrade.None => Refusal.Missing("grade", "Say what it proves: Qr, Nfc or Ble."),
            _ when string.IsNullOrEmpty(PublicKey) => Refusal.Missing("publicKey", "Give the public key of the source."),
            _ when IsPrivate() => Refusal.Invalid(
                "public-key-private",
                "That is a private key, and somebody else has seen it now. Make a new pair for the source, and give its public key here.",
                "publicKey"
            ),
            _ when !EvidenceProof.IsKey(PublicKey) => Refusal.Invalid(
                "public-key-invalid",
                "Give the public key: ECDSA on P-256, as base64 of its SubjectPublicKeyInfo.",
                "publicKey"
            ),
            { RevokedAt: not null } => new Refusal(
                "source-revoked",
                "This source was revoked. Enrol it anew, with a key of its own and another id."
            ),
            { PublicKey: not null } when (state.Name, state.Grade, state.PublicKey) == (Text.Line(Name), Grade, PublicKey) => [],
            { PublicKey: not null } => new Refusal(
                "source-enrolled",
                "There is a source with this id, with another key, name or grade. Revoke it, and enrol the new one with another id."
            ),
            _ => new EvidenceSourceEnrolled(now.Now, Text.Line(Name)!, Grade.Value, PublicKey!),
        };
}

/// <summary>Accept no more of a source's proofs. What it proved stays proven.</summary>
public sealed record RevokeEvidenceSource(string? Reason) : Command<EvidenceSource>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(EvidenceSource state, Situation now) =>
        state switch
        {
            { PublicKey: null } => Refusal.NotFound("source-unknown", "There is no such source.", "id"),
            { RevokedAt: not null } => [],
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ => new EvidenceSourceRevoked(now.Now, Text.Line(Reason)!),
        };
}

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
