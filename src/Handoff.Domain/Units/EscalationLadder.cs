using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>One step of the ladder: who is told when a concern has stood unacknowledged for so many minutes.</summary>
public sealed record Rung(Role Role, int AfterMinutes);

[Stored("ladder_set")]
public sealed record LadderSet(DateTimeOffset OccurredAt, IReadOnlyList<Rung> Rungs) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"A concern goes to {EscalationLadder.Words(Rungs)}.";
}

/// <summary>How a concern climbs until somebody acknowledges it.</summary>
public static class EscalationLadder
{
    /// <summary>
    /// The assigned nurse at once, the charge nurse after 5 minutes, the supervisor after 10, the on-call provider after 15.
    /// No regulation fixes these minutes: they are the project's own default, and each unit may set its own.
    /// </summary>
    public static readonly IReadOnlyList<Rung> Usual =
    [
        new(Role.Nurse, 0),
        new(Role.ChargeNurse, 5),
        new(Role.Manager, 10),
        new(Role.Prescriber, 15),
    ];

    /// <summary>Longer than this, and the ladder has become a list of people to call tomorrow.</summary>
    public const int LongestMinutes = 120;

    public static readonly IReadOnlySet<Role> MayAnswer = new HashSet<Role> { Role.Nurse, Role.ChargeNurse, Role.Prescriber, Role.Manager };

    public static string Words(this IEnumerable<Rung> rungs) =>
        string.Join(
            ", ",
            rungs.Select(r => r.AfterMinutes == 0 ? $"{Called(r.Role)} at once" : $"{Called(r.Role)} after {r.AfterMinutes} min")
        );

    /// <summary>The ladder's own words for roles, as they are called on a telephone.</summary>
    public static string Called(Role role) =>
        role switch
        {
            Role.Manager => "supervisor",
            Role.Prescriber => "on-call provider",
            Role.Nurse => "assigned nurse",
            _ => role.Words().ToLowerInvariant(),
        };

    /// <summary>
    /// The ladder of a concern that was first told to a role: that role at once, then everybody else of the ladder whose time comes later.
    /// </summary>
    public static IReadOnlyList<Rung> From(this IReadOnlyList<Rung> ladder, Role first) =>
        [new(first, 0), .. ladder.Where(r => r.AfterMinutes > 0 && r.Role != first).OrderBy(r => r.AfterMinutes)];
}
