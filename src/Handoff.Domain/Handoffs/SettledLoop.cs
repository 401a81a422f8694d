using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>What was said about an open point: for this handoff if it is new, and how often it was put off before.</summary>
public sealed record SettledLoop(string Loop, string? Reason, Staff? To, int Deferred, bool IsForThis = true);
