using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

/// <summary>One session without its members.</summary>
/// <param name="Recorded">Of how many members something is recorded.</param>
/// <param name="Present">How many took part.</param>
public sealed record SessionLine(
    Guid Id,
    string Unit,
    GroupType Type,
    string Topic,
    string Facilitator,
    string? Room,
    int? Capacity,
    string? Goal,
    DateTimeOffset Starts,
    DateTimeOffset Ends,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? CancelReason,
    Guid? Series,
    int Recorded,
    int Present
)
{
    public static SessionLine ForSession(Group session) =>
        new(
            session.Id,
            session.Unit ?? "",
            session.Type,
            session.Topic,
            session.Facilitator,
            session.Room,
            session.Capacity,
            session.Goal,
            session.Starts,
            session.Ends,
            session.StartedAt,
            session.EndedAt,
            session.CancelReason,
            session.Series,
            session.Attendance.Count,
            session.Present()
        );
}
