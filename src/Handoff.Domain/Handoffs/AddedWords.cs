using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Words that a giver added once the handoff had been accepted.</summary>
public sealed record AddedWords(Guid Id, DateTimeOffset At, Staff By, string Words);
