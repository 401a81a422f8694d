using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

// Events

/// <summary>What the patient wants, or what helps or harms them, in words that stand until other words are recorded.</summary>
[Stored("preference_recorded")]
public sealed record PreferenceRecorded(DateTimeOffset OccurredAt, PreferenceKind Kind, string Words) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Kind.Words()}: {Words}";

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Helps, Sentence(time), $"preference-{Kind}", Retention.Stands);
}

// State

/// <summary>What helps and what harms come first: they stand on top of every handoff.</summary>
public enum PreferenceKind
{
    Calms,
    Triggers,
    Pronouns,
    Language,
    Touch,
    StaffGender,
    Diet,
}

public sealed record Preference(Guid Id, DateTimeOffset At, string By, PreferenceKind Kind, string Words) : StatusEntry(Id, At, By)
{
    internal override IEnumerable<WrittenEntry> Written() => [new(this, "a preference", $"{Kind.Words()}: {Words}", Permission.Observe)];
}

public static class PreferenceWords
{
    public static string Words(this PreferenceKind kind) =>
        kind switch
        {
            PreferenceKind.Calms => "What calms",
            PreferenceKind.Triggers => "What triggers",
            PreferenceKind.StaffGender => "Staff gender",
            _ => kind.ToString(),
        };
}

// Commands

/// <summary>Record what the patient prefers; it replaces what stood of the kind.</summary>
/// <param name="Words">At most 200 characters: it is read at a glance.</param>
public sealed record RecordPreference(PreferenceKind? Kind, string? Words) : Command<PatientStatus>
{
    public override Permission Permission => Permission.Observe;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        state switch
        {
            _ when StatusRules.Wrong(state, now.Now, now) is { } refusal => refusal,
            _ when Kind is null => Refusal.Missing("kind", "Choose what it is about."),
            _ when Text.Line(Words) is null => Refusal.Missing("words", "Write it in the patient's words, if you can."),
            _ when Text.TooLong(Text.Line(Words), Text.NameLimit, "words") is { } refusal => refusal,
            _ when state.PreferenceOf(Kind.Value)?.Words == Text.Line(Words) => [],
            _ => new PreferenceRecorded(StatusRules.At(state, null, now), Kind.Value, Text.Line(Words)!),
        };
}
