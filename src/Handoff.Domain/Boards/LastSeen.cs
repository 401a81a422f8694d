using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Boards;

/// <param name="By">Who saw the patient.</param>
public sealed record LastSeen(
    Guid Check,
    DateTimeOffset At,
    string Place,
    bool IsAsleep,
    bool? BreathingSeen,
    string? Remark,
    EvidenceGrade Evidence,
    string? By
)
{
    public static LastSeen? FromSighting(Sighting? sighting, UnitTime time) =>
        sighting is null
            ? null
            : new(
                sighting.Check,
                time.Local(sighting.At),
                sighting.Place,
                sighting.IsAsleep,
                sighting.BreathingSeen,
                sighting.Activity?.Words(),
                sighting.Evidence,
                sighting.By
            );
}
