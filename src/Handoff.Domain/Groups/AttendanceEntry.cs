namespace Handoff.Domain.Groups;

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
                $"{Status.Did()} {topic}{(minutes is { } m && Status.IsPresent() ? $", {m} min" : "")}"
                    + $"{(Participation is { } p ? $", participation {p} of {MostParticipation}" : "")}.",
                Response,
                Quote is null ? null : $"“{Quote}”",
            }.OfType<string>()
        );
}
