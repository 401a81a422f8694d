using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

/// <summary>A concern in four parts (SBAR), and the ladder by which it climbs until somebody answers.</summary>
/// <param name="To">Who is told at once.</param>
/// <param name="Ladder">The unit's ladder as it was then; its first rung is <paramref name="To"/>.</param>
[Stored("concern_escalated")]
public sealed record ConcernEscalated(
    DateTimeOffset OccurredAt,
    string Unit,
    Guid Stay,
    Urgency Urgency,
    Role To,
    Sbar Sbar,
    IReadOnlyList<Rung> Ladder
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"{Urgency.Words()} concern to the {EscalationLadder.Called(To)} at {time.Clock(OccurredAt)}: {Sbar.Situation}";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time));
}

/// <summary>Nobody has acknowledged the concern; the next one on the ladder is told.</summary>
/// <param name="OccurredAt">The moment at which the step was due.</param>
[Stored("escalation_stepped")]
public sealed record EscalationStepped(DateTimeOffset OccurredAt, Role To, int AfterMinutes) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Not acknowledged for {AfterMinutes} min; went to the {EscalationLadder.Called(To)} at {time.Clock(OccurredAt)}.";

    public override Significance Significance() => Kernel.Significance.Notable;
}

[Stored("escalation_acknowledged")]
public sealed record EscalationAcknowledged(DateTimeOffset OccurredAt, string By, string Plan) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{By} acknowledged the concern at {time.Clock(OccurredAt)}. Plan: {Plan}";

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Expect, Sentence(time));
}

[Stored("escalation_closed")]
public sealed record EscalationClosed(DateTimeOffset OccurredAt, string Outcome) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The concern was closed at {time.Clock(OccurredAt)}: {Outcome}";
}

/// <summary>The patient has gone to another unit, and the concern with them.</summary>
[Stored("escalation_moved")]
public sealed record EscalationMoved(DateTimeOffset OccurredAt, string Unit) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The concern goes on, on {Unit}.";

    public override Significance Significance() => Kernel.Significance.Silent;
}
