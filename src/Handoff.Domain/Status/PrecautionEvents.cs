using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

/// <param name="Name">What exactly, where the kind alone doesn't say it; always there for <see cref="PrecautionKind.Other"/>.</param>
/// <param name="ReviewBy">When somebody must have asked whether it is still needed.</param>
[Stored("precaution_started")]
public sealed record PrecautionStarted(DateTimeOffset OccurredAt, PrecautionKind Kind, string? Name, string Reason, DateTimeOffset ReviewBy)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Precaution from {time.Clock(OccurredAt)}: {PrecautionWords.ForKind(Kind, Name)}. {Reason}";

    public override HandoffLine ForHandoff(UnitTime time) =>
        new(
            HandoffPart.Critical,
            $"{PrecautionWords.ForKind(Kind, Name)} precaution since {time.DayAndClock(OccurredAt)}: {Reason}",
            $"precaution-{Kind}-{Name}",
            Retention.Stands
        );
}

/// <summary>Somebody asked whether it is still needed, and it is.</summary>
[Stored("precaution_reviewed")]
public sealed record PrecautionReviewed(
    DateTimeOffset OccurredAt,
    Guid Precaution,
    PrecautionKind Kind,
    string? Name,
    string? Remark,
    DateTimeOffset ReviewBy
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Precaution reviewed at {time.Clock(OccurredAt)} and goes on: "
        + $"{PrecautionWords.ForKind(Kind, Name)}{(Remark is null ? "." : $". {Remark}")}";
}

/// <param name="OccurredAt">The moment by which it should have been reviewed.</param>
[Stored("precaution_review_overdue")]
public sealed record PrecautionReviewOverdue(DateTimeOffset OccurredAt, Guid Precaution, PrecautionKind Kind, string? Name)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Not reviewed by {time.DayAndClock(OccurredAt)}: {PrecautionWords.ForKind(Kind, Name)} precaution.";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.ToDo, Sentence(time), $"precaution-review-{Kind}-{Name}");
}

[Stored("precaution_ended")]
public sealed record PrecautionEnded(DateTimeOffset OccurredAt, Guid Precaution, PrecautionKind Kind, string? Name, string Reason)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Precaution ended at {time.Clock(OccurredAt)}: {PrecautionWords.ForKind(Kind, Name)}. {Reason}";

    public override HandoffLine ForHandoff(UnitTime time) =>
        new(HandoffPart.Happened, Sentence(time), $"precaution-{Kind}-{Name}", Retention.Over);
}
