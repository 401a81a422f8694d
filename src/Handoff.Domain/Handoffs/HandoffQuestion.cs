using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

public sealed record HandoffQuestion(Guid Id, DateTimeOffset At, Staff By, string Words, string? Answer = null, Staff? AnsweredBy = null);
