namespace Handoff.Domain.Stays;

/// <summary>A move that was cancelled, and the time that its cancellation gave.</summary>
public sealed record CancelledMove(DateTimeOffset At, Placement Move);
