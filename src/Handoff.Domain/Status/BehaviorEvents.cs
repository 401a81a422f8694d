using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

/// <param name="Descriptor">What was seen, in the ward's words: <c>tearful</c>, <c>pressured</c>.</param>
/// <param name="Intensity">How much it troubles the patient or others: 0 none, 1 mild, 2 moderate, 3 severe.</param>
/// <param name="Quote">What the patient said, word for word.</param>
/// <param name="Baseline">The usual intensity as it stood then; null if none was set.</param>
[Stored("behavior_observed")]
public sealed record BehaviorObserved(
    DateTimeOffset OccurredAt,
    BehaviorDomain Domain,
    string Descriptor,
    int Intensity,
    string? Quote,
    int? Baseline
) : Event(OccurredAt)
{
    /// <summary>It follows from the numbers; nobody's opinion is asked.</summary>
    public Change VersusBaseline() => Behavior.Compare(Intensity, Baseline);

    public override string Sentence(UnitTime time) =>
        $"{Domain} at {time.Clock(OccurredAt)}: {Descriptor}, {Behavior.Words(Intensity)}{Compared}"
        + $"{(Quote is null ? "" : $". “{Quote}”")}";

    // How somebody is in one domain is told once, as it was seen last; that they are better is told on top.
    public override HandoffLine? ForHandoff(UnitTime time) =>
        VersusBaseline() switch
        {
            Change.Better => new(HandoffPart.Helps, Sentence(time), $"behavior-{Domain}"),
            Change.Worse => new(HandoffPart.Condition, Sentence(time), $"behavior-{Domain}"),
            Change.Unknown when Intensity == Behavior.Most => new(HandoffPart.Condition, Sentence(time), $"behavior-{Domain}"),
            _ => null,
        };

    private string Compared => VersusBaseline() is var change and not Change.Unknown ? $" ({change.AgainstBaseline()})" : "";
}

/// <summary>How the patient usually is in one domain: what later observations are measured against.</summary>
/// <param name="Was">The usual intensity before; null if none was set.</param>
[Stored("baseline_set")]
public sealed record BaselineSet(DateTimeOffset OccurredAt, BehaviorDomain Domain, int Intensity, string? Descriptor, int? Was)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Baseline of {Domain.Words()} set at {time.Clock(OccurredAt)}: "
        + $"{(Descriptor is null ? "" : Descriptor + ", ")}{Behavior.Words(Intensity)}"
        + $"{(Was is { } was && was != Intensity ? $" (was {Behavior.Words(was)})" : "")}";
}
