using System.Security.Cryptography;
using System.Text;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <summary>Accept a source's proofs from now on.</summary>
/// <param name="PublicKey">ECDSA on P-256, as base64 of its SubjectPublicKeyInfo, with or without the lines around it that PEM has.</param>
public sealed record EnrolEvidenceSource(string? Name, EvidenceGrade? Grade, string? PublicKey) : Command<EvidenceSource>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(EvidenceSource state, DecisionContext now) =>
        (this with { PublicKey = EvidenceProof.PlainKey(PublicKey) }).Enrol(state, now);

    /// <summary>Whether somebody sent what the source alone may have.</summary>
    public bool IsPrivate() => PublicKey?.Contains("PRIVATE KEY", StringComparison.OrdinalIgnoreCase) == true;

    private Decision Enrol(EvidenceSource state, DecisionContext now) =>
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
