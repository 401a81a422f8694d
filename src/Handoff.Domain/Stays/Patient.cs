using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>Who the patient is, as the hospital knows them.</summary>
/// <param name="Mrn">Medical record number.</param>
/// <param name="Preferred">What the patient wants to be called, where recorded.</param>
/// <param name="Sex">As the feed codes it (HL7 table 0001), where recorded.</param>
/// <param name="Language">As the feed codes it, where recorded.</param>
public sealed record Patient(
    string Mrn,
    string Family,
    string Given,
    string? Preferred = null,
    DateOnly? Born = null,
    string? Sex = null,
    string? Language = null
)
{
    /// <summary>As on boards: <c>Chen, Luis</c>; the preferred name where there is one.</summary>
    public string Name() => (Preferred ?? Given).Length == 0 ? Family : $"{Family}, {Preferred ?? Given}";

    /// <summary>As on a hallway display: <c>C.L.</c>.</summary>
    public string Initials() => Initial(Family) + Initial(Preferred ?? Given);

    /// <summary>Whole years on a date; the limits of restraint orders depend on it.</summary>
    public int? Age(DateOnly on) => Born is not { } born ? null : on.Year - born.Year - (on < born.AddYears(on.Year - born.Year) ? 1 : 0);

    /// <summary>
    /// Trimmed and without control characters, or what is wrong with it. Who has one name only has it as the family name. Somewhere it is
    /// tomorrow already, so a birth date has a day's grace.
    /// </summary>
    public static (Patient? Patient, Refusal? Refusal) TryCreate(
        DateTimeOffset now,
        string? mrn,
        string? family,
        string? given,
        string? preferred = null,
        DateOnly? born = null,
        string? sex = null,
        string? language = null
    )
    {
        var (one, other) = (Text.Line(family) ?? Text.Line(given) ?? "", Text.Line(family) is null ? "" : Text.Line(given) ?? "");
        var patient = new Patient(Text.Line(mrn) ?? "", one, other, Text.Line(preferred), born, Text.Line(sex), Text.Line(language));
        var refusal = patient switch
        {
            { Mrn: "" } => Refusal.Missing("mrn", "Give the medical record number."),
            { Mrn.Length: > 50 } => Text.TooLong(patient.Mrn, 50, "mrn"),
            { Family: "" } => Refusal.Missing("family", "Give the family name."),
            { Family.Length: > Text.NameLimit } => Text.TooLong(patient.Family, Text.NameLimit, "family"),
            { Given.Length: > Text.NameLimit } => Text.TooLong(patient.Given, Text.NameLimit, "given"),
            { Preferred.Length: > Text.NameLimit } => Text.TooLong(patient.Preferred, Text.NameLimit, "preferred"),
            { Sex.Length: > 40 } => Text.TooLong(patient.Sex, 40, "sex"),
            { Language.Length: > 60 } => Text.TooLong(patient.Language, 60, "language"),
            _ when born > DateOnly.FromDateTime(now.UtcDateTime).AddDays(1) => Refusal.Invalid(
                "birth-date-in-future",
                "That birth date has not come yet. Check the year.",
                "born"
            ),
            _ when born is { Year: < 1890 } => Refusal.Invalid(
                "birth-date-absurd",
                "That birth date is too long ago. Check the year.",
                "born"
            ),
            _ => null,
        };
        return refusal is null ? (patient, null) : (null, refusal);
    }

    private static string Initial(string name) =>
        name.EnumerateRunes()
            .Where(System.Text.Rune.IsLetter)
            .Take(1)
            .Select(r => System.Text.Rune.ToUpperInvariant(r) + ".")
            .FirstOrDefault()
        ?? "";
}
