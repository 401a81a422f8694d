using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>A leave that is over: the patient is back, has left for good, or went on to somewhere else.</summary>
public sealed record PastLeave(DateTimeOffset From, DateTimeOffset To, LeaveKind Kind, DateTimeOffset? ExpectedReturn);
