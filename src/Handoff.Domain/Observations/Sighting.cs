using System.Text.Json.Serialization;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>One time that somebody saw the patient, and the window that stands as long as it is the latest.</summary>
/// <param name="Until">How long it says something of the time after it: to the limit that held then, or to the moment at which checks
/// paused.</param>
/// <param name="UnseenBy">By when somebody must look again because the patient went to a bathroom.</param>
public sealed record Sighting(
    Guid Check,
    DateTimeOffset At,
    string Place,
    bool IsAsleep,
    bool? BreathingSeen,
    Activity? Activity,
    EvidenceGrade Evidence,
    string By,
    DueWindow Due,
    DateTimeOffset? Until = null,
    DateTimeOffset? UnseenBy = null
);
