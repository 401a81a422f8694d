using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>One author's words in one section.</summary>
public sealed record WrittenText(Staff By, HandoffSection Section, string Words, DateTimeOffset At);
