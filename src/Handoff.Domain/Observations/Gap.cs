using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>The time between two sightings that stand; a gap where it is longer than the limit.</summary>
/// <param name="From">The sighting before it, or when somebody was first asked to look.</param>
/// <param name="Limit">By when somebody had to look.</param>
/// <param name="To">When it was over: the patient was seen, or checks paused or ended; now while it lasts.</param>
/// <param name="SeenAgain">Null if it did not end with a sighting.</param>
public sealed record Gap(
    DateTimeOffset From,
    DateTimeOffset? LastSeen,
    DateTimeOffset Limit,
    DateTimeOffset To,
    DateTimeOffset? SeenAgain,
    int LimitMinutes
)
{
    public bool IsGap => To > Limit;

    /// <summary>How many limits in a row passed.</summary>
    public int Missed => IsGap ? 1 + (int)((To - Limit) / TimeSpan.FromMinutes(LimitMinutes)) : 0;
}
