namespace Handoff.Domain.Groups;

public static class AttendanceWords
{
    /// <summary>Whether a member with this status took part at all.</summary>
    public static bool IsPresent(this AttendanceStatus status) =>
        status is AttendanceStatus.Attended or AttendanceStatus.Late or AttendanceStatus.LeftEarly;

    public static string Words(this AttendanceStatus status) =>
        status switch
        {
            AttendanceStatus.LeftEarly => "left early",
            AttendanceStatus.OffUnit => "off unit",
            _ => status.ToString().ToLowerInvariant(),
        };

    public static string OfParticipation(int participation) =>
        participation switch
        {
            0 => "none",
            1 => "little",
            2 => "some",
            3 => "active",
            _ => "leading",
        };

    internal static string Did(this AttendanceStatus status) =>
        status switch
        {
            AttendanceStatus.Attended => "Attended",
            AttendanceStatus.Late => "Came late to",
            AttendanceStatus.LeftEarly => "Left early from",
            AttendanceStatus.Declined => "Declined",
            AttendanceStatus.Excused => "Was excused from",
            AttendanceStatus.OffUnit => "Was off the unit during",
            _ => "Was asleep during",
        };
}
