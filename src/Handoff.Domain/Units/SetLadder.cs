using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Set whom a concern goes to, and after how many minutes without an answer.</summary>
public sealed record SetLadder(IReadOnlyList<Rung>? Rungs) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, DecisionContext now)
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
