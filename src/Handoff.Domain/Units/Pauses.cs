using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

[Stored("pause_reasons_set")]
public sealed record PauseReasonsSet(DateTimeOffset OccurredAt, IReadOnlyList<PauseReason> Reasons) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Checks may be paused for: "
        + $"{string.Join(", ", Reasons.Select(r => $"{r.Name} (at most {UnitTime.Span(TimeSpan.FromMinutes(r.LongestMinutes))})"))}.";
}

/// <param name="MissesInARow">From so many limits in a row on a concern goes up the ladder; on continuous levels always from the
/// first.</param>
/// <param name="BathroomMinutes">So long may a patient be unseen in a bathroom.</param>
/// <param name="Bathrooms">Which of the unit's places are bathrooms.</param>
[Stored("watch_rules_set")]
public sealed record WatchRulesSet(DateTimeOffset OccurredAt, int MissesInARow, int BathroomMinutes, IReadOnlyList<string> Bathrooms)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"A concern is raised after {MissesInARow} missed limits in a row; "
        + (
            Bathrooms.Count == 0
                ? "no place counts as a bathroom."
                : $"a patient in {string.Join(", ", Bathrooms)} is looked for after {BathroomMinutes} min."
        );
}

/// <summary>
/// When a unit is told that somebody was not looked at. No regulation fixes these figures: they are the project's own defaults, and each
/// unit may set its own.
/// </summary>
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
