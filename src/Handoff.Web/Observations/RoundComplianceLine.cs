using Handoff.Domain.Observations;

namespace Handoff.Web.Observations;

/// <summary>How many looks at one patient were in time, by both times of each check.</summary>
public sealed record RoundComplianceLine(Guid Stay, string Name, string? Bed, RoundCompliance Looks);
