using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

public sealed record HeardBack(
    Guid Id,
    DateTimeOffset At,
    Staff By,
    string? Words,
    bool IsAnswered = false,
    string? Correction = null,
    Staff? AnsweredBy = null
)
{
    /// <summary>What was urgent then, and so was read back with it; null for nothing.</summary>
    public IReadOnlyList<string>? Urgent { get; init; }
}
