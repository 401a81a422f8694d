using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

// Events

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
        $"{Domain} at {time.Clock(OccurredAt)}: {Descriptor}, {Behavior.Words(Intensity)}{Compared}{(Quote is null ? "" : $". “{Quote}”")}";

    // How somebody is in one domain is told once, as it was seen last; that they are better is told on top.
    public override Bearing? ForHandoff(UnitTime time) =>
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
        $"Baseline of {Domain.Words()} set at {time.Clock(OccurredAt)}: {(Descriptor is null ? "" : Descriptor + ", ")}{Behavior.Words(Intensity)}{(Was is { } was && was != Intensity ? $" (was {Behavior.Words(was)})" : "")}";
}

// State

/// <summary>What of a person is observed. Sleep is what is said and seen of it; the hours come from the checks.</summary>
public enum BehaviorDomain
{
    Mood,
    Affect,
    Speech,
    Thought,
    Perception,
    Sleep,
    Appetite,
    Social,
    Motor,
}

/// <summary>Against the patient's own baseline. Unknown as long as none was set.</summary>
public enum Change
{
    Unknown,
    Better,
    Same,
    Worse,
}

public sealed record Observed(Guid Id, DateTimeOffset At, string By, BehaviorDomain Domain, string Descriptor, int Intensity, string? Quote)
    : StatusEntry(Id, At, By);

public sealed record Baseline(Guid Id, DateTimeOffset At, string By, BehaviorDomain Domain, int Intensity, string? Descriptor)
    : StatusEntry(Id, At, By);

/// <summary>How a patient is in one domain, beside how they usually are.</summary>
public sealed record ChangeFromBaseline(Observed Now, Baseline? Usual)
{
    public BehaviorDomain Domain => Now.Domain;

    public Change Change => Behavior.Compare(Now.Intensity, Usual?.Intensity);

    /// <summary>As on the board: <c>mood ↓ worse</c>; without a baseline, how much: <c>mood severe</c>.</summary>
    public string Words =>
        Change is Change.Unknown
            ? $"{Domain.Words()} {Behavior.Words(Now.Intensity)}"
            : $"{Domain.Words()} {Change.Arrow()} {Change.Words()}";

    /// <summary>Better or worse than usual; without a baseline, only what is severe.</summary>
    public bool IsNotable() => Change is Change.Better or Change.Worse || (Change is Change.Unknown && Now.Intensity == Behavior.Most);

    internal int Weight() =>
        Change switch
        {
            Change.Better => 0,
            Change.Worse => 10 + Now.Intensity - Usual!.Intensity,
            _ => Now.Intensity,
        };
}

public static class Behavior
{
    /// <summary>The highest intensity.</summary>
    public const int Most = 3;

    /// <summary>Descriptors are kept up to this many characters.</summary>
    public const int DescriptorLimit = 60;

    private static readonly Dictionary<BehaviorDomain, IReadOnlyList<string>> Descriptors = new()
    {
        [BehaviorDomain.Mood] = ["calm", "low", "anxious", "irritable", "angry", "elevated", "hopeless"],
        [BehaviorDomain.Affect] = ["full range", "flat", "blunted", "labile", "tearful", "guarded"],
        [BehaviorDomain.Speech] = ["clear", "slow", "pressured", "loud", "whispering", "mute", "disorganized"],
        [BehaviorDomain.Thought] = ["organized", "racing", "tangential", "ruminating", "suspicious", "grandiose", "speaks of dying"],
        [BehaviorDomain.Perception] =
        [
            "none noticed",
            "hears voices",
            "voices command",
            "sees things",
            "talks to unseen people",
            "feels unreal",
        ],
        [BehaviorDomain.Sleep] = ["rested", "hard to fall asleep", "wakes often", "up early", "nightmares", "sleeps by day"],
        [BehaviorDomain.Appetite] = ["eats well", "picks at food", "no appetite", "always hungry", "hides food"],
        [BehaviorDomain.Social] = ["joins in", "keeps apart", "seeks staff", "intrusive", "provokes others", "withdrawn"],
        [BehaviorDomain.Motor] = ["steady", "slowed", "restless", "pacing", "tremor", "stiff", "unsteady"],
    };

    /// <summary>The ward's usual words for a domain; any other words are taken too.</summary>
    public static IReadOnlyList<string> Usual(this BehaviorDomain domain) => Descriptors[domain];

    public static string Words(this BehaviorDomain domain) => domain.ToString().ToLowerInvariant();

    public static string Words(int intensity) =>
        intensity switch
        {
            0 => "no concern",
            1 => "mild",
            2 => "moderate",
            _ => "severe",
        };

    public static string Words(this Change change) =>
        change switch
        {
            Change.Better => "better",
            Change.Worse => "worse",
            Change.Same => "as usual",
            _ => "no baseline",
        };

    public static string Arrow(this Change change) =>
        change switch
        {
            Change.Better => "↑",
            Change.Worse => "↓",
            _ => "",
        };

    public static Change Compare(int intensity, int? baseline) =>
        baseline is not { } usual
            ? Change.Unknown
            : intensity.CompareTo(usual) switch
            {
                > 0 => Change.Worse,
                < 0 => Change.Better,
                _ => Change.Same,
            };

    internal static string AgainstBaseline(this Change change) => change is Change.Same ? "as usual" : $"{change.Words()} than usual";

    internal static Refusal? Wrong(BehaviorDomain? domain, string? descriptor, int? intensity) =>
        (domain, Text.Line(descriptor), intensity) switch
        {
            (null, _, _) => Refusal.Missing("domain", "Choose what you observed, such as mood, speech or sleep."),
            (_, { Length: > DescriptorLimit } line, _) => Text.TooLong(line, DescriptorLimit, "descriptor"),
            (_, _, null) => Refusal.Missing("intensity", "Choose how much: none, mild, moderate or severe."),
            (_, _, < 0 or > Most) => Refusal.Invalid("intensity-out-of-range", "The intensity is 0 (none) to 3 (severe).", "intensity"),
            _ => null,
        };
}

// Commands

/// <param name="Intensity">0 none, 1 mild, 2 moderate, 3 severe.</param>
/// <param name="At">When; now if it isn't given.</param>
public sealed record ObserveBehavior(
    BehaviorDomain? Domain,
    string? Descriptor,
    int? Intensity,
    string? Quote = null,
    DateTimeOffset? At = null
) : Command<PatientStatus>
{
    public override Permission Permission => Permission.Observe;

    public override IEnumerable<string> Needs(PatientStatus state, Facts facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, Situation now) =>
        state switch
        {
            _ when StatusRules.Wrong(state, At ?? now.Now, now) is { } refusal => refusal,
            _ when Text.Line(Descriptor) is null && Domain is not null => Refusal.Missing(
                "descriptor",
                "Say what you saw, in a word or two."
            ),
            _ when Behavior.Wrong(Domain, Descriptor, Intensity) is { } refusal => refusal,
            _ when Text.TooLong(Text.Line(Quote), Text.RemarkLimit, "quote") is { } refusal => refusal,
            _ when state.Observations.Any(o =>
                    o.At == At
                    && (o.Domain, o.Descriptor, o.Intensity, o.Quote) == (Domain, Text.Line(Descriptor), Intensity, Text.Line(Quote))
                ) => [],
            _ => new BehaviorObserved(
                StatusRules.At(state, At, now),
                Domain!.Value,
                Text.Line(Descriptor)!,
                Intensity!.Value,
                Text.Line(Quote),
                state.BaselineOf(Domain.Value)?.Intensity
            ),
        };
}

/// <summary>Say how the patient usually is. It is asked for once and then only when it has changed for good.</summary>
public sealed record SetBaseline(BehaviorDomain? Domain, int? Intensity, string? Descriptor = null) : Command<PatientStatus>
{
    public override Permission Permission => Permission.SetBaseline;

    public override IEnumerable<string> Needs(PatientStatus state, Facts facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, Situation now) =>
        state switch
        {
            _ when StatusRules.Wrong(state, now.Now, now) is { } refusal => refusal,
            _ when Behavior.Wrong(Domain, Descriptor, Intensity) is { } refusal => refusal,
            _ when state.BaselineOf(Domain!.Value) is { } stands
                    && (stands.Intensity, stands.Descriptor) == (Intensity, Text.Line(Descriptor)) => [],
            _ => new BaselineSet(
                StatusRules.At(state, null, now),
                Domain.Value,
                Intensity!.Value,
                Text.Line(Descriptor),
                state.BaselineOf(Domain.Value)?.Intensity
            ),
        };
}
