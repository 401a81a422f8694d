using Handoff.Domain.Kernel;

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

/// <summary>What is said of a member: whether they came, how they took part, and words of their own.</summary>
/// <param name="Arrived">When they came, if not from the beginning.</param>
/// <param name="Left">When they left, if not at the end.</param>
/// <param name="MinutesGiven">Minutes as somebody corrected them; null leaves them to be computed.</param>
/// <param name="Participation">0 none, 1 little, 2 some, 3 active, 4 leading; null if not said.</param>
/// <param name="Response">How this member responded, in words about this member.</param>
/// <param name="Quote">What the member said, verbatim.</param>
public sealed record AttendanceEntry(
    AttendanceStatus Status,
    DateTimeOffset? Arrived = null,
    DateTimeOffset? Left = null,
    int? MinutesGiven = null,
    int? Participation = null,
    string? Response = null,
    string? Quote = null
)
{
    public const int MostParticipation = 4;

    /// <param name="minutes">How long, where it is known.</param>
    internal string Sentence(string topic, int? minutes) =>
        string.Join(
            ' ',
            new[]
            {
                $"{Status.Did()} {topic}{(minutes is { } m && Status.IsPresent() ? $", {m} min" : "")}{(Participation is { } p ? $", participation {p} of {MostParticipation}" : "")}.",
                Response,
                Quote is null ? null : $"“{Quote}”",
            }.OfType<string>()
        );
}

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
