using System.Security.Cryptography;
using System.Text;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

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

/// <summary>
/// A tag reader or a beacon gateway whose proof is accepted: it holds a private key that nobody else has, this service neither.
/// </summary>
[Stored("evidence_source")]
public sealed record EvidenceSource : State
{
    public string? Name { get; init; }

    public EvidenceGrade Grade { get; init; }

    public string? PublicKey { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public Guid Id { get; init; }

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            EvidenceSourceEnrolled e => this with { Id = Guid.Parse(fact.Key), Name = e.Name, Grade = e.Grade, PublicKey = e.PublicKey },
            EvidenceSourceRevoked e => this with { RevokedAt = e.OccurredAt },
            _ => this,
        };
}
