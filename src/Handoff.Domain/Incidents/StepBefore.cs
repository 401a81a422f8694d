namespace Handoff.Domain.Incidents;

/// <summary>What a step said until somebody corrected it.</summary>
public sealed record StepBefore(DateTimeOffset At, string? Remark, string Reason, string By);
