using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Say when the shifts of a unit begin and end.</summary>
public sealed record SetShifts(IReadOnlyList<ShiftTime>? Shifts) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, DecisionContext now)
    {
        List<ShiftTime> shifts =
        [
            .. (Shifts ?? []).Select(s => new ShiftTime(Text.Line(s?.Name) ?? "", s?.Starts ?? default, s?.Ends ?? default)),
        ];
        return shifts switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            [] => Refusal.Missing("shifts", "Name at least one shift."),
            _ when shifts.Any(s => s.Name.Length is 0 or > 40) => Refusal.Invalid(
                "shift-name-invalid",
                "Give each shift a name of at most 40 characters.",
                "shifts"
            ),
            _ when shifts.DistinctBy(s => s.Name).Count() < shifts.Count => Refusal.Invalid(
                "shift-name-twice",
                "Two shifts have the same name.",
                "shifts"
            ),
            _ when !UnitRules.CoverTheDay(shifts) => Refusal.Invalid(
                "shifts-leave-gap",
                "The shifts leave part of the day with nobody on.",
                "shifts"
            ),
            _ when shifts.SequenceEqual(state.Shifts) => [],
            _ => new ShiftsSet(now.Now, shifts),
        };
    }
}
