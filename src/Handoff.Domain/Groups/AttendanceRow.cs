using Handoff.Domain.Access;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

/// <summary>One row of the grid as somebody filled it in. Without a status and anything else it says nothing.</summary>
/// <param name="Arrived">To the minute.</param>
/// <param name="Left">To the minute.</param>
/// <param name="Minutes">Minutes taken part, where they are not what the times say.</param>
/// <param name="Was">The entry that was shown when the row was filled in; null if there was none. What somebody else changed since is
/// kept.</param>
/// <param name="IsInError">The entry that was shown was not about this member: it is taken back.</param>
public sealed record AttendanceRow(
    Guid Stay,
    AttendanceStatus? Status = null,
    DateTimeOffset? Arrived = null,
    DateTimeOffset? Left = null,
    int? Minutes = null,
    int? Participation = null,
    string? Response = null,
    string? Quote = null,
    Guid? Was = null,
    bool IsInError = false
);
