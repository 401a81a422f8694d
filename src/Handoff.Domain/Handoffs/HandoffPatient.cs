using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>One patient in a unit's handoff.</summary>
/// <param name="Responsible">The one person who is responsible now.</param>
/// <param name="IsByRule">Nobody has taken the patient yet: it is who is in charge.</param>
/// <param name="HasLeft">The responsible person is on no shift any more.</param>
/// <param name="OpenLoops">Open points that were not spoken for in this handoff.</param>
/// <param name="SinceHandoff">What of note was recorded after the watermark of the last accepted handoff; null if there was none.</param>
public sealed record HandoffPatient(
    Guid Stay,
    string? Bed,
    string Name,
    string? Level,
    Staff? Responsible,
    bool IsByRule,
    bool HasLeft,
    Staff? Next,
    string? NextShift,
    IllnessSeverity? Severity,
    HandoffStanding Standing,
    int OpenLoops,
    int? SinceHandoff,
    string? Declined,
    DateTimeOffset? GivenAt
)
{
    /// <summary>Why the patient isn't judged stable with a tap in passing; nothing if they can be. Each is looked at in any case.</summary>
    public IReadOnlyList<string> CloserLook { get; init; } = [];

    /// <summary>How closely the patient is watched; <see cref="Level"/> is the unit's word for it.</summary>
    public ObservationLevel? Watched { get; init; }

    /// <summary>Who sent in the handoff that waits; null while none does.</summary>
    public Staff? SentBy { get; init; }

    /// <summary>The last handoff that was accepted.</summary>
    public LastHandoff? Last { get; init; }

    public static readonly IComparer<HandoffPatient> WatchersFirst = Comparer<HandoffPatient>.Create(
        (a, b) =>
            Nullable.Compare(b.Severity, a.Severity) is not 0 and var severity
                ? severity
                : string.CompareOrdinal(a.Bed?.PadLeft(20), b.Bed?.PadLeft(20))
    );

    /// <param name="shift">When the shift began of which the handoff tells.</param>
    public static HandoffPatient ForStay(
        Stay stay,
        Rounding? rounding,
        PatientStatus status,
        Care care,
        Staff? responsible,
        bool hasLeft,
        IReadOnlyList<HandoffLoop> loops,
        int? since,
        DateTimeOffset? shift
    ) =>
        new(
            stay.Id,
            stay.Where()?.Bed,
            stay.Patient.Name(),
            rounding?.LevelName,
            responsible,
            care.Holder is null,
            hasLeft,
            care.Next?.To,
            care.Next?.Shift,
            care.Severity,
            StandingOf(care, loops),
            loops.Count(l => !l.IsSettled),
            since,
            care.Declined,
            care.Submitted?.At
        )
        {
            CloserLook = [.. Reasons(rounding ?? new(), status, loops, shift)],
            Watched = rounding?.IsRunning() == true ? rounding.Level : null,
            SentBy = care.Submitted?.By,
            Last = care.Accepted is { } last ? new(last.Id, last.Said.For, last.By, last.To, last.At, last.ClosedAt) : null,
        };

    private static IEnumerable<string> Reasons(
        Rounding rounding,
        PatientStatus status,
        IReadOnlyList<HandoffLoop> loops,
        DateTimeOffset? shift
    )
    {
        if (rounding.IsRunning() && rounding.Level >= ObservationLevel.Q5)
        {
            yield return rounding.LevelName;
        }

        if (status.ActivePrecautions().Select(p => p.Words()).ToList() is { Count: > 0 } precautions)
        {
            yield return $"precautions: {string.Join(", ", precautions)}";
        }

        if (rounding.Missed > 0 || rounding.MissedUpTo >= (shift ?? DateTimeOffset.MaxValue))
        {
            yield return "missed checks";
        }

        foreach (
            var loop in loops.Where(l => l.Pressing == Pressing.Emergency || l.Loop.EndsWith("/incident-open", StringComparison.Ordinal))
        )
        {
            yield return loop.Words;
        }
    }

    private static HandoffStanding StandingOf(Care care, IReadOnlyList<HandoffLoop> loops) =>
        care switch
        {
            { Submitted: not null } => HandoffStanding.Given,
            _ when loops.Any(l => !l.IsSettled) => HandoffStanding.LoopOpen,
            { Severity: null } => HandoffStanding.Untouched,
            _ => HandoffStanding.Ready,
        };
}
