using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>How far a contingency has come.</summary>
public enum ContingencyStanding
{
    Fired,
    Armed,
    Waiting,
    Answered,
    Withdrawn,
}

/// <summary>Who closed a contingency, when, and their words.</summary>
public sealed record ContingencyClosed(Staff By, DateTimeOffset At, string? Words, bool IsWithdrawn);

/// <summary>
/// If this happens on a later shift, do that: written for a patient, it stays through handoffs until it has come true or is withdrawn.
/// </summary>
/// <param name="ArmsAt">What happened before then doesn't make it come true.</param>
public sealed record Contingency(Guid Id, Staff Author, DateTimeOffset At, string Shift, DateTimeOffset ArmsAt, Condition If, string Then)
{
    /// <summary>What is done then is a line on a board.</summary>
    public const int ThenLimit = 140;

    public DateTimeOffset? FiredAt { get; init; }

    /// <summary>The event that made it true; null for a time that came.</summary>
    public Guid? Because { get; init; }

    public ContingencyClosed? Closed { get; init; }

    /// <summary>It may still come true.</summary>
    public bool IsPending() => FiredAt is null && Closed is null;

    /// <summary>It came true, and nobody has answered.</summary>
    public bool IsUnanswered() => FiredAt is not null && Closed is null;

    public ContingencyStanding Standing(DateTimeOffset now) =>
        this switch
        {
            { Closed.IsWithdrawn: true } => ContingencyStanding.Withdrawn,
            { Closed: not null } => ContingencyStanding.Answered,
            { FiredAt: not null } => ContingencyStanding.Fired,
            _ when ArmsAt <= now => ContingencyStanding.Armed,
            _ => ContingencyStanding.Waiting,
        };

    public bool IsMetBy(Event happened) => IsPending() && happened.OccurredAt >= ArmsAt && If.IsMetBy(happened);

    /// <summary><c>If elopement: call RN, offer quiet room</c>.</summary>
    public string Says() => ContingencyWords.Sentence(If, Then);

    /// <summary>Its name among the state's deadlines and open points.</summary>
    internal string Name() => $"contingency-{Id}";

    internal ContingencyFired Fires(DateTimeOffset at, Guid? because) => new(at, Id, because, Says(), Author, Shift);
}
