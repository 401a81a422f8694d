using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <param name="To">Null while it lasts.</param>
public sealed record Absence(DateTimeOffset From, DateTimeOffset? To, string Reason, bool IsLeave);
