namespace Handoff.Domain.Observations;

public sealed record SaidMissed(Guid Id, DateTimeOffset At);
