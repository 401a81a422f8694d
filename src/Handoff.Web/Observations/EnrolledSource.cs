using Handoff.Domain.Observations;

namespace Handoff.Web.Observations;

/// <summary>A source of evidence as it is listed: who enrolled it, and how it ended.</summary>
/// <param name="Id">Which it names in every proof.</param>
/// <param name="PublicKey">As base64 of its SubjectPublicKeyInfo.</param>
/// <param name="RevokedAt">Since when none of its proofs is accepted; null while they are.</param>
public sealed record EnrolledSource(
    Guid Id,
    string Name,
    EvidenceGrade Grade,
    string PublicKey,
    DateTimeOffset EnrolledAt,
    string EnrolledBy,
    DateTimeOffset? RevokedAt,
    string? RevokedBy,
    string? Reason
);
