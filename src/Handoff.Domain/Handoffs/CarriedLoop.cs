using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>An open point in a handoff: its words, and why it goes on or whose it is now.</summary>
public sealed record CarriedLoop(string Loop, string Words, string? Reason, Staff? To, int Deferred, Pressing Pressing = Pressing.Usual);
