using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

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
    : StatusEntry(Id, At, By)
{
    internal override IEnumerable<WrittenEntry> Written() =>
        [new(this, "an observation", $"{Domain}: {Descriptor}, {Behavior.Words(Intensity)}", Permission.Observe)];
}

public sealed record Baseline(Guid Id, DateTimeOffset At, string By, BehaviorDomain Domain, int Intensity, string? Descriptor)
    : StatusEntry(Id, At, By)
{
    internal override IEnumerable<WrittenEntry> Written() =>
        [new(this, "a baseline", $"Baseline of {Domain.Words()}: {Behavior.Words(Intensity)}", Permission.SetBaseline)];
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
