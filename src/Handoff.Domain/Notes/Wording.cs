using System.Text.RegularExpressions;

namespace Handoff.Domain.Notes;

/// <summary>A place in a text that could be read wrongly, or that judges the patient. It is offered, never demanded.</summary>
/// <param name="Start">In UTF-16 units, as browsers count; so is <paramref name="Length"/>.</param>
/// <param name="Suggestions">What may stand there instead, the likeliest first; none where only the writer knows.</param>
public sealed record WordingHint(int Start, int Length, string Found, IReadOnlyList<string> Suggestions, string Why);

/// <summary>
/// Reads a text for abbreviations that kill and words that judge. The abbreviations are the Joint Commission's official "Do Not Use" list
/// (IM.02.02.01); the words follow what the American Psychiatric Association and NIDA ("Words Matter") ask for.
/// </summary>
public static class Wording
{
    private static readonly Rule[] Rules =
    [
        Abbreviation(@"[0-9] ?(?<x>[Uu])\b", "U is read as 0 or 4.", "units"),
        Abbreviation(@"\b(?<x>IU)\b", "IU is read as IV or 10.", "international units"),
        Abbreviation(@"\b(?<x>Q\.O\.D\.|q\.o\.d\.|(QOD|qod)\b)", "QOD is read as QD or QID.", "every other day"),
        Abbreviation(@"\b(?<x>Q\.D\.|q\.d\.|(QD|qd)\b)", "QD is read as QID.", "daily"),
        // Beside a dose only: elsewhere MS is mental status here.
        Abbreviation(
            @"\b(?<x>MSO4|MS)( [A-Za-z]+){0,2} ?[0-9][0-9.,]* ?(mg|mcg|g|mL|ml|mEq)\b",
            "MS beside a dose is read as morphine or magnesium.",
            "morphine sulfate",
            "magnesium sulfate"
        ),
        Abbreviation(
            @"\b[0-9][0-9.,]* ?(mg|mcg|g|mL|ml|mEq) (of )?(?<x>MSO4|MS)\b",
            "MS beside a dose is read as morphine or magnesium.",
            "morphine sulfate",
            "magnesium sulfate"
        ),
        Abbreviation(
            @"\b(?<x>MgSO4)( [A-Za-z]+){0,2} ?[0-9][0-9.,]* ?(mg|mcg|g|mL|ml|mEq)\b",
            "MgSO4 is read as morphine.",
            "magnesium sulfate"
        ),
        Abbreviation(@"\b[0-9][0-9.,]* ?(mg|mcg|g|mL|ml|mEq) (of )?(?<x>MgSO4)\b", "MgSO4 is read as morphine.", "magnesium sulfate"),
        Abbreviation(@"\b[0-9]+(?<x>\.0+) ?(mg|mcg|g|mL|ml|units?|mEq)\b", "A trailing zero is read as ten times as much.", ""),
        Abbreviation(
            @"(^|[^0-9.])(?<x>\.)[0-9]+ ?(mg|mcg|g|mL|ml|units?|mEq)\b",
            "Without the leading zero the point is missed: ten times as much.",
            "0."
        ),
        Judging(@"\b(?<x>refused)\b", "“Refused” blames; the patient has a right to say no.", "declined"),
        Judging(@"\b(?<x>refuses)\b", "“Refuses” blames; the patient has a right to say no.", "declines"),
        Judging(
            @"\b(to|will|would|may|might|can|could|does|did|not|they|patients) (?<x>refuse)\b",
            "“Refuse” blames; the patient has a right to say no.",
            "decline"
        ),
        Judging(@"\b(?<x>refusal)\b", "“Refusal” blames; the patient has a right to say no.", "declining"),
        Judging(@"\b(?<x>refusing)\b", "“Refusing” blames; the patient has a right to say no.", "declining"),
        Judging(@"\b(?<x>non-?compliant)\b", "Say what was not done, and why if it is known.", "did not follow the plan"),
        Judging(@"\b(?<x>combative|aggressive|violent)\b", "Describe what the patient did: who reads it then knows what to expect."),
        Judging(
            @"\b(?<x>manipulative|attention[- ]seeking|drug[- ]seeking|difficult patient|frequent flyer)\b",
            "Describe what the patient did or asked for."
        ),
        Judging(@"\b(?<x>hysterical|hysterics)\b", "Describe what the patient did or said."),
        Judging(@"\b(?<x>committed suicide)\b", "“Committed” is said of crimes.", "died by suicide"),
        Judging(@"\b(?<x>commit suicide)\b", "“Commit” is said of crimes.", "die by suicide"),
        Judging(@"\b(?<x>narcotics)\b", "“Narcotic” is a word of the law; say which kind of drug.", "opioids"),
        Judging(@"\b(?<x>narcotic)\b", "“Narcotic” is a word of the law; say which kind of drug.", "opioid"),
        Judging(@"\b(?<x>substance abuse)\b", "“Abuse” judges; the use is what matters.", "substance use"),
        Judging(@"\b(?<x>drug abuse)\b", "“Abuse” judges; the use is what matters.", "drug use"),
        Judging(@"\b(?<x>alcohol abuse)\b", "“Abuse” judges; the use is what matters.", "alcohol use"),
        Judging(
            @"\b(?<x>failed (suicide )?attempt|unsuccessful (suicide )?attempt)\b",
            "No attempt is a failure for having been survived.",
            "suicide attempt"
        ),
        Judging(@"\b(?<x>addict|drug abuser|substance abuser|junkie)\b", "The person comes first.", "person with a substance use disorder"),
        Judging(@"\b(?<x>alcoholic)\b", "The person comes first.", "person with alcohol use disorder"),
        Judging(@"\b(?<x>schizophrenic)\b", "The person comes first.", "person with schizophrenia"),
        Judging(
            @"\b(?<x>(dirty|clean) (urine|utox|uds|screen))\b",
            "Say what the test found.",
            "urine test positive",
            "urine test negative"
        ),
    ];

    /// <summary>Every place that could be better, in the order of the text. Linear in its length.</summary>
    public static IReadOnlyList<WordingHint> HintsFor(string? text) =>
        [.. Rules.SelectMany(rule => rule.In(text ?? "")).OrderBy(hint => hint.Start).DistinctBy(hint => hint.Start)];

    private static Rule Abbreviation(string pattern, string why, params string[] suggestions) =>
        new(Compiled(pattern, RegexOptions.None), why, suggestions);

    private static Rule Judging(string pattern, string why, params string[] suggestions) =>
        new(Compiled(pattern, RegexOptions.IgnoreCase), why, suggestions);

    private static Regex Compiled(string pattern, RegexOptions options) =>
        new(
            pattern,
            options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(1)
        );

    private sealed record Rule(Regex Pattern, string Why, string[] Suggestions)
    {
        public IEnumerable<WordingHint> In(string text) =>
            Pattern
                .Matches(text)
                .Select(match => match.Groups["x"])
                .Select(found => new WordingHint(
                    found.Index,
                    found.Length,
                    found.Value,
                    [.. Suggestions.Select(s => AsFound(found.Value, s))],
                    Why
                ));

        // A word that begins a sentence goes on beginning it.
        private static string AsFound(string found, string suggestion) =>
            found.Length > 1 && char.IsUpper(found[0]) && !found.Skip(1).Any(char.IsUpper) && suggestion.Length > 0
                ? char.ToUpperInvariant(suggestion[0]) + suggestion[1..]
                : suggestion;
    }
}
