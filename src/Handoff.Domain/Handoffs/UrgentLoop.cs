using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>Something urgent that is open about a patient.</summary>
/// <param name="Loop">As commands name it.</param>
/// <param name="Since">When it began; the same that begins anew is another.</param>
public sealed record UrgentLoop(string Loop, string Words, DateTimeOffset Since)
{
    /// <summary>
    /// What somebody has not read back: it was not urgent in the handoff, or began after it, and none of their read-backs was given while
    /// it was open.
    /// </summary>
    /// <param name="urgent">What is urgent now.</param>
    /// <param name="given">What was open when the handoff was given; that is read back with it.</param>
    public static IEnumerable<UrgentLoop> NotReadBack(
        IEnumerable<UrgentLoop>? urgent,
        IReadOnlyList<CarriedLoop> given,
        DateTimeOffset givenAt,
        IReadOnlyList<HeardBack> readBacks,
        string person
    ) =>
        (urgent ?? []).Where(l =>
            !(l.Since <= givenAt && given.Any(g => g.Loop == l.Loop && g.Pressing >= Pressing.Urgent))
            && !readBacks.Any(r => r.By.Id == person && l.Since <= r.At && r.Urgent?.Contains(l.Loop) == true)
        );
}
