using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>
/// Who is on a unit now, or here under a record number: stays read together. It has no stream of its own; the store gathers it from the
/// stays' states.
/// </summary>
[Stored("census")]
public sealed record Census : State
{
    // No unit's id holds a point.
    private const string Record = "mrn.";

    public IReadOnlyList<Stay> Stays { get; init; } = [];

    /// <summary>The key of whoever is here under a record number.</summary>
    public static string OfRecord(string mrn) => Record + mrn;

    /// <summary>The record number that a key is of; null for a unit's.</summary>
    public static string? RecordOf(string key) => key.StartsWith(Record, StringComparison.Ordinal) ? key[Record.Length..] : null;

    /// <summary>Whether a stay counts in the census of a key.</summary>
    public static bool Holds(string key, Stay stay) =>
        RecordOf(key) is { } mrn ? stay.IsHere() && stay.Patient.Mrn == mrn : stay.OnUnit() == key;

    /// <summary>Whether somebody else lies in the bed.</summary>
    public bool IsTaken(string? bed, Guid besides) => bed is not null && Stays.Any(s => s.Id != besides && s.Where()?.Bed == bed);

    public override State Evolve(EventEnvelope fact) => this;
}
