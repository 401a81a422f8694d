namespace Handoff.Api.Feeds.Adt;

/// <summary>Triggers that are read alike.</summary>
internal static class AdtKinds
{
    /// <summary>A number of the patient is given up for another: what is under MRG-1 is under PID-3.</summary>
    internal static readonly AdtTrigger[] Merges =
    [
        AdtTrigger.A18,
        AdtTrigger.A30,
        AdtTrigger.A34,
        AdtTrigger.A36,
        AdtTrigger.A39,
        AdtTrigger.A40,
        AdtTrigger.A43,
        AdtTrigger.A46,
        AdtTrigger.A47,
    ];

    /// <summary>A visit is another patient's.</summary>
    internal static readonly AdtTrigger[] Moves = [AdtTrigger.A44, AdtTrigger.A45];

    /// <summary>A visit has another number.</summary>
    internal static readonly AdtTrigger[] Renumberings = [AdtTrigger.A42, AdtTrigger.A49, AdtTrigger.A50];

    internal static bool GivesUpNumbers(AdtTrigger trigger) =>
        Merges.Contains(trigger) || Moves.Contains(trigger) || Renumberings.Contains(trigger);

    /// <summary>An identifier's type in one spelling (HL7 table 0203); null where none is said.</summary>
    internal static string? Plain(string? type) =>
        type?.Trim().ToUpperInvariant() switch
        {
            null or "" => null,
            "MRN" => "MR",
            var other => other,
        };
}
