using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>
/// One number by which somebody knows a patient. Only number, authority and type together name one: every hospital has a patient 1001.
/// </summary>
/// <param name="Authority">Who gave the number; null where nobody said.</param>
/// <param name="Type">HL7 table 0203, such as <c>MR</c>; null where nobody said.</param>
public sealed record PatientIdentifier(string Id, string? Authority = null, string? Type = null)
{
    private const int LongestId = 50;
    private const int LongestName = 100;

    /// <summary>A patient has a handful of numbers; what is more than this is not kept.</summary>
    public const int Most = 20;

    /// <summary>Trimmed, at most <see cref="Most"/>, each once.</summary>
    public static IReadOnlyList<PatientIdentifier> Kept(IEnumerable<PatientIdentifier>? told) =>
        [.. (told ?? []).Select(Kept).OfType<PatientIdentifier>().Distinct().Take(Most)];

    /// <summary>Whether both name the same patient: surely, if both authorities are known; perhaps, where one of them is not.</summary>
    /// <param name="home">The authority that is meant where none is said; null if that is not known.</param>
    public Likeness With(PatientIdentifier other, string? home)
    {
        var (mine, others) = (Authority ?? home, other.Authority ?? home);
        return (Id == other.Id && IsSameType(other), mine, others) switch
        {
            (false, _, _) => Likeness.None,
            (_, null, null) => Likeness.Unsaid,
            (_, null, _) or (_, _, null) => Likeness.Unsure,
            _ => mine.Equals(others, StringComparison.OrdinalIgnoreCase) ? Likeness.Sure : Likeness.None,
        };
    }

    private bool IsSameType(PatientIdentifier other) => Type is null || other.Type is null || Plain(Type) == Plain(other.Type);

    // Both spellings are in use for the medical record number.
    private static string Plain(string type) => type.ToUpperInvariant() is var upper && upper == "MRN" ? "MR" : upper;

    private static PatientIdentifier? Kept(PatientIdentifier? told) =>
        (Text.Line(told?.Id), Text.Line(told?.Authority), Text.Line(told?.Type)) switch
        {
            (null or { Length: > LongestId }, _, _) or (_, { Length: > LongestName }, _) or (_, _, { Length: > LongestName }) => null,
            var (id, authority, type) => new(id, authority, type),
        };
}
