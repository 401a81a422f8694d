namespace Handoff.Domain.Groups;

public enum AttendanceStatus
{
    Attended,
    Late,
    LeftEarly,
    Declined,
    Excused,
    OffUnit,
    Asleep,
}

/// <summary>One member's part in one session, as it stands.</summary>
/// <param name="Id">The id of the event that says it.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When it was recorded.</param>
public sealed record Attendance(Guid Id, Guid Stay, AttendanceEntry Entry, string By, DateTimeOffset At);
