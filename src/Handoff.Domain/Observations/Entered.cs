namespace Handoff.Domain.Observations;

/// <summary>A check as it was entered.</summary>
/// <param name="IsSighting">Whether it satisfies the clock: not where breathing was not seen, and not where the patient is recorded as
/// away.</param>
public sealed record Entered(
    Guid Check,
    DateTimeOffset At,
    DateTimeOffset RecordedAt,
    bool IsAsleep,
    bool IsSighting,
    DueWindow Due,
    bool IsStruck,
    bool IsLate = false
);
