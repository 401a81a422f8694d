using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>A handoff that was given and waits.</summary>
public sealed record Submission(Guid Id, DateTimeOffset At, Staff By, HandoffSubmitted Said);
