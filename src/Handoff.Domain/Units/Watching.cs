using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Why checks may be paused on a unit, and for how long at most.</summary>
/// <param name="Id">Stable: small letters, digits and hyphens, such as <c>other-unit</c>.</param>
/// <param name="LongestMinutes">No pause of this kind is longer; 1 to 1,440.</param>
public sealed record PauseReason(string Id, string Name, int LongestMinutes)
{
    /// <summary>What is wrong with it by itself, at its own field; null if nothing is.</summary>
    public Refusal? Wrong() =>
        this switch
        {
            { Name.Length: 0 or > Pauses.LongestName } => Refusal.Invalid(
                "pause-reason-name-invalid",
                $"Give each reason a name of at most {Pauses.LongestName} characters.",
                "name"
            ),
            _ when !Unit.IsId(Id) => Refusal.Invalid(
                "pause-reason-id-invalid",
                "A reason's id is 1 to 40 small letters, digits and hyphens, such as other-unit.",
                "id"
            ),
            _ when Pauses.IsOnTheUnit(Name) || Pauses.IsOnTheUnit(Id) => Refusal.Invalid(
                "pause-reason-on-unit",
                "A pause is for a patient whom somebody else has. Of one who is on the unit, only an order changes how often somebody looks.",
                "name"
            ),
            { LongestMinutes: < 1 or > Pauses.LongestOfAny } => Refusal.Invalid(
                "pause-length-out-of-range",
                "A pause lasts between a minute and a day. For longer, record a leave.",
                "longestMinutes"
            ),
            _ => null,
        };
}

[Stored("pause_reasons_set")]
public sealed record PauseReasonsSet(DateTimeOffset OccurredAt, IReadOnlyList<PauseReason> Reasons) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Checks may be paused for: {string.Join(", ", Reasons.Select(r => $"{r.Name} (at most {UnitTime.Span(TimeSpan.FromMinutes(r.LongestMinutes))})"))}.";
}

/// <param name="MissesInARow">From so many limits in a row on a concern goes up the ladder; on continuous levels always from the first.</param>
/// <param name="BathroomMinutes">So long may a patient be unseen in a bathroom.</param>
/// <param name="Bathrooms">Which of the unit's places are bathrooms.</param>
[Stored("watch_rules_set")]
public sealed record WatchRulesSet(DateTimeOffset OccurredAt, int MissesInARow, int BathroomMinutes, IReadOnlyList<string> Bathrooms)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"A concern is raised after {MissesInARow} missed limits in a row; {(Bathrooms.Count == 0 ? "no place counts as a bathroom" : $"a patient in {string.Join(", ", Bathrooms)} is looked for after {BathroomMinutes} min")}.";
}

/// <summary>When a unit is told that somebody was not looked at. No regulation fixes these figures: they are the project's own defaults, and each unit may set its own.</summary>
public sealed record WatchRules(int MissesInARow, int BathroomMinutes, IReadOnlyList<string> Bathrooms)
{
    public const int MostMisses = 4;

    public const int MostBathroomMinutes = 30;

    public static readonly WatchRules Usual = new(2, 5, ["Bathroom", "Shower", "Toilet", "Restroom"]);

    public bool IsBathroom(string place) => Bathrooms.Contains(place, StringComparer.OrdinalIgnoreCase);
}

public static class Pauses
{
    /// <summary>Unless the unit says otherwise.</summary>
    public const int Longest = 4 * 60;

    public const int LongestOfAny = 24 * 60;

    public const int LongestName = 40;

    public const int Most = 20;

    /// <summary>Somebody else has the patient. Being asleep is no reason: then somebody looks whether they breathe.</summary>
    public static readonly IReadOnlyList<PauseReason> Usual =
    [
        new("procedure", "Procedure or test", Longest),
        new("appointment", "Appointment outside the unit", Longest),
        new("visit", "Visit off the unit", Longest),
        new("court", "Court", Longest),
        new("other-unit", "Another unit has the patient", Longest),
        new("emergency-department", "Emergency department", Longest),
    ];

    /// <summary>Words that say that the patient is here: a pause for them would be a level without an order.</summary>
    private static readonly string[] OnTheUnit =
    [
        "asleep",
        "sleep",
        "nap",
        "resting",
        "in bed",
        "bedtime",
        "stable",
        "calm",
        "staffing",
        "short-staffed",
        "busy",
        "declined",
        "refused",
    ];

    public static bool IsOnTheUnit(string name) => OnTheUnit.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>An id for a reason that somebody has named, such as <c>other-unit</c>; none of those that are taken.</summary>
    public static string IdFor(string? name, IReadOnlyCollection<string> taken)
    {
        var words = string.Concat((name ?? "").ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var plain = words is [] ? "reason" : string.Join('-', words);
        plain = plain[..Math.Min(plain.Length, LongestName - 4)].TrimEnd('-');
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? plain : $"{plain}-{n}").First(id => !taken.Contains(id));
    }

    /// <summary>By its id or its name; null if the unit has no such reason.</summary>
    public static PauseReason? Called(this IEnumerable<PauseReason> reasons, string? called) =>
        reasons.FirstOrDefault(r =>
            r.Id.Equals(called, StringComparison.OrdinalIgnoreCase) || r.Name.Equals(called, StringComparison.OrdinalIgnoreCase)
        );
}

// Commands

/// <summary>Set for what checks may be paused, and for how long at most.</summary>
public sealed record SetPauseReasons(IReadOnlyList<PauseReason>? Reasons) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, Situation now)
    {
        List<PauseReason> reasons =
        [
            .. (Reasons ?? []).Select(r => new PauseReason(Text.Line(r?.Id) ?? "", Text.Line(r?.Name) ?? "", r?.LongestMinutes ?? 0)),
        ];
        return reasons switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            [] => Refusal.Missing("reasons", "Name at least one reason."),
            { Count: > Pauses.Most } => Refusal.Invalid("pause-reasons-too-many", $"Name at most {Pauses.Most} reasons.", "reasons"),
            _ when reasons.Select(Wrong).FirstOrDefault(wrong => wrong is not null) is { } wrong => wrong,
            _ when reasons.DistinctBy(r => r.Id).Count() < reasons.Count
                    || reasons.DistinctBy(r => r.Name.ToUpperInvariant()).Count() < reasons.Count => Refusal.Invalid(
                "pause-reason-twice",
                "Each reason stands once.",
                "reasons"
            ),
            _ when reasons.SequenceEqual(state.PauseReasons) => [],
            _ => new PauseReasonsSet(now.Now, reasons),
        };
    }

    // The field is the list; which of it is meant stands in the words.
    private static Refusal? Wrong(PauseReason reason) =>
        reason.Wrong() is { } wrong
            ? wrong with
            {
                Field = "reasons",
                Says = (reason.Name.Length > 0 ? reason.Name : reason.Id) is { Length: > 0 and <= Pauses.LongestName } called
                    ? $"“{called}”: {wrong.Says}"
                    : wrong.Says,
            }
            : null;
}

/// <summary>Set from how many missed limits in a row on a concern is raised, and how long a patient may be unseen in a bathroom.</summary>
/// <param name="Bathrooms">Which of the unit's places are bathrooms; as they were if none are given.</param>
public sealed record SetWatchRules(int? MissesInARow, int? BathroomMinutes, IReadOnlyList<string>? Bathrooms = null) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, Situation now)
    {
        var bathrooms = Bathrooms is null ? state.WatchRules.Bathrooms : UnitRules.Lines(Bathrooms);
        return (MissesInARow, BathroomMinutes) switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            (null, _) => Refusal.Missing("missesInARow", "Say after how many missed limits in a row a concern is raised."),
            (_, null) => Refusal.Missing("bathroomMinutes", "Say how many minutes a patient may be unseen in a bathroom."),
            (< 1 or > WatchRules.MostMisses, _) => Refusal.Invalid(
                "misses-out-of-range",
                $"A concern is raised after 1 to {WatchRules.MostMisses} missed limits in a row.",
                "missesInARow"
            ),
            (_, < 1 or > WatchRules.MostBathroomMinutes) => Refusal.Invalid(
                "bathroom-minutes-out-of-range",
                $"Between 1 and {WatchRules.MostBathroomMinutes} minutes.",
                "bathroomMinutes"
            ),
            _ when bathrooms.Count > 40 || bathrooms.Any(b => b.Length > 40) => Refusal.Invalid(
                "bathrooms-invalid",
                "Name at most 40 places, each of at most 40 characters.",
                "bathrooms"
            ),
            _ when (MissesInARow, BathroomMinutes) == (state.WatchRules.MissesInARow, state.WatchRules.BathroomMinutes)
                    && bathrooms.SequenceEqual(state.WatchRules.Bathrooms) => [],
            _ => new WatchRulesSet(now.Now, MissesInARow.Value, BathroomMinutes.Value, bathrooms),
        };
    }
}
