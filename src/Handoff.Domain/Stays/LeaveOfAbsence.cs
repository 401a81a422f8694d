using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <param name="ToldAt">How recent the word of it is: an older message that arrives late doesn't undo a newer one.</param>
public sealed record LeaveOfAbsence(
    DateTimeOffset Since,
    LeaveKind Kind,
    DateTimeOffset? ExpectedReturn,
    bool IsOverdue = false,
    DateTimeOffset? ToldAt = null
);
