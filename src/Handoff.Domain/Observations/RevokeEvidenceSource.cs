using System.Security.Cryptography;
using System.Text;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <summary>Accept no more of a source's proofs. What it proved stays proven.</summary>
public sealed record RevokeEvidenceSource(string? Reason) : Command<EvidenceSource>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(EvidenceSource state, DecisionContext now) =>
        state switch
        {
            { PublicKey: null } => Refusal.NotFound("source-unknown", "There is no such source.", "id"),
            { RevokedAt: not null } => [],
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ => new EvidenceSourceRevoked(now.Now, Text.Line(Reason)!),
        };
}
