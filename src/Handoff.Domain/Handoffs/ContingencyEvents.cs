using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>What happens to a contingency; it is told in handoffs, where nothing else of the handoff itself is.</summary>
public abstract record ContingencyEvent(DateTimeOffset OccurredAt, Guid Contingency) : Event(OccurredAt)
{
    protected HandoffLine Told(HandoffPart part, string words, Retention weight) => new(part, words, $"contingency-{Contingency}", weight);
}

/// <summary>What its author wants done if something happens once their shift is over.</summary>
/// <param name="Shift">The name of the shift on which it was written, such as <c>Night</c>.</param>
/// <param name="ArmsAt">The end of that shift: from then on it can come true, or from when somebody else has the patient, if that is
/// earlier.</param>
[Stored("contingency_written")]
public sealed record ContingencyWritten(
    DateTimeOffset OccurredAt,
    Guid Contingency,
    Staff Author,
    string Shift,
    DateTimeOffset ArmsAt,
    Condition If,
    string Then
) : ContingencyEvent(OccurredAt, Contingency)
{
    public override string Sentence(UnitTime time) => $"For a later shift: {ContingencyWords.Sentence(If, Then)}";

    public override HandoffLine ForHandoff(UnitTime time) =>
        Told(HandoffPart.Expect, $"{ContingencyWords.Sentence(If, Then)} — {ContingencyWords.By(Author.Name, Shift)}", Retention.Stands);
}

/// <summary>It has come true. It does so once.</summary>
/// <param name="OccurredAt">When what it waited for happened.</param>
/// <param name="Because">The event that made it true; null for a time that came.</param>
/// <param name="Says">Condition and what then, as on the board.</param>
[Stored("contingency_fired")]
public sealed record ContingencyFired(DateTimeOffset OccurredAt, Guid Contingency, Guid? Because, string Says, Staff Author, string Shift)
    : ContingencyEvent(OccurredAt, Contingency)
{
    public override string Sentence(UnitTime time) =>
        $"{Says} — foreseen by {ContingencyWords.By(Author.Name, Shift)}, came true at {time.Clock(OccurredAt)}";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) => Told(HandoffPart.Critical, Sentence(time), Retention.Stands);
}

/// <summary>Somebody saw that it came true and did something about it.</summary>
/// <param name="Words">What was done; null if only that it was seen.</param>
[Stored("contingency_answered")]
public sealed record ContingencyAnswered(DateTimeOffset OccurredAt, Guid Contingency, string Says, string? Words)
    : ContingencyEvent(OccurredAt, Contingency)
{
    public override string Sentence(UnitTime time) => $"{Says} — answered at {time.Clock(OccurredAt)}{(Words is null ? "" : $": {Words}")}";

    public override HandoffLine ForHandoff(UnitTime time) => Told(HandoffPart.Happened, Sentence(time), Retention.Over);
}

[Stored("contingency_withdrawn")]
public sealed record ContingencyWithdrawn(DateTimeOffset OccurredAt, Guid Contingency, string Says, string? Reason)
    : ContingencyEvent(OccurredAt, Contingency)
{
    public override string Sentence(UnitTime time) => $"No longer for a later shift: {Says}{(Reason is null ? "" : $" ({Reason})")}";

    public override HandoffLine ForHandoff(UnitTime time) => Told(HandoffPart.Expect, Sentence(time), Retention.Over);
}
