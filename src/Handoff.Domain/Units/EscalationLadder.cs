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

    /// <summary>The ladder of a concern that was first told to a role: that role at once, then everybody else of the ladder whose time comes later.</summary>
    public static IReadOnlyList<Rung> From(this IReadOnlyList<Rung> ladder, Role first) =>
        [new(first, 0), .. ladder.Where(r => r.AfterMinutes > 0 && r.Role != first).OrderBy(r => r.AfterMinutes)];
}

/// <summary>Set whom a concern goes to, and after how many minutes without an answer.</summary>
public sealed record SetLadder(IReadOnlyList<Rung>? Rungs) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, Situation now)
    {
        List<Rung> rungs = [.. (Rungs ?? []).Select(r => r ?? new(Role.Display, -1)).OrderBy(r => r.AfterMinutes)];
        return rungs switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            [] => Refusal.Missing("rungs", "Name at least one role that is told."),
            [{ AfterMinutes: not 0 }, ..] => Refusal.Invalid(
                "ladder-starts-late",
                "Somebody is told at once: the first step is at 0 minutes.",
                "rungs"
            ),
            _ when rungs.Any(r => r.AfterMinutes > EscalationLadder.LongestMinutes) => Refusal.Invalid(
                "ladder-too-long",
                $"The last step comes within {EscalationLadder.LongestMinutes} minutes.",
                "rungs"
            ),
            _ when rungs.Any(r => !EscalationLadder.MayAnswer.Contains(r.Role)) => Refusal.Invalid(
                "ladder-role-unfit",
                "A step is a role that can act: nurse, charge nurse, prescriber or manager.",
                "rungs"
            ),
            _ when rungs.DistinctBy(r => r.Role).Count() < rungs.Count || rungs.DistinctBy(r => r.AfterMinutes).Count() < rungs.Count =>
                Refusal.Invalid("ladder-step-twice", "Each role stands once, and each step has its own minute.", "rungs"),
            _ when rungs.SequenceEqual(state.Ladder) => [],
            _ => new LadderSet(now.Now, rungs),
        };
    }
}
