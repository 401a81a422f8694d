using System.Globalization;

namespace Handoff.Domain.Observations;

/// <summary>A check as it came into the log.</summary>
/// <param name="Seen">When the patient was seen, as it was said.</param>
/// <param name="Entered">When that was recorded.</param>
/// <param name="Person">Who entered it; their id.</param>
/// <param name="IsLater">Sent from a device's own queue after its line was lost, or by a machine: when it was recorded says nothing of when
/// it was made.</param>
public sealed record CheckTrace(
    Guid Check,
    Guid Stay,
    string Unit,
    string Place,
    DateTimeOffset Seen,
    DateTimeOffset Entered,
    string Person,
    bool IsLater = false
);
