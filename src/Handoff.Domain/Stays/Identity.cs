using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>
/// How far two identifiers agree. Unsure: the same number, and one of the two authorities is not known.
/// Unsaid: the same number, and nobody said an authority.
/// </summary>
public enum Likeness
{
    None,
    Unsure,
    Unsaid,
    Sure,
}

/// <summary>Who a message says that its patient is.</summary>
/// <param name="Identifiers">Every number that identifies a patient.</param>
/// <param name="Home">The authority that is meant where none is said.</param>
public sealed record Identity(
    IReadOnlyList<PatientIdentifier> Identifiers,
    string? Family = null,
    string? Given = null,
    DateOnly? Born = null,
    string? Home = null
)
{
    /// <summary>
    /// Whether a stay is this patient's: one of the identifiers agrees with one of the stay's, with authority and type. Where an authority
    /// is
    /// not known, the same number is not enough: the birth date must be the same as well or, where one is not known, the family name.
    /// </summary>
    public bool IsOf(Stay stay)
    {
        var likeness = Likeness(stay);
        return likeness switch
        {
            Stays.Likeness.Sure => true,
            Stays.Likeness.Unsaid => Resembles(stay.Patient) ?? true,
            Stays.Likeness.Unsure => Resembles(stay.Patient) ?? false,
            _ => false,
        };
    }

    /// <summary>The best agreement of any identifier with any of the stay's.</summary>
    public Likeness Likeness(Stay stay) =>
        (from mine in Identifiers from known in stay.KnownBy() select mine.With(known, Home))
            .DefaultIfEmpty(Stays.Likeness.None)
            .Max();

    // Null where there is nothing to compare.
    private bool? Resembles(Patient patient) =>
        (Born, patient.Born, Family) switch
        {
            ({ } mine, { } known, _) => mine == known,
            (_, _, { Length: > 0 } family) => family.Equals(patient.Family, StringComparison.OrdinalIgnoreCase),
            _ => null,
        };
}
