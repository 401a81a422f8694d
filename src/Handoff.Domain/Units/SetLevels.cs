using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Name the observation levels of a unit, their limits, and the one on admission.</summary>
public sealed record SetLevels(IReadOnlyList<LocalLevel>? Levels, ObservationLevel? OnAdmission) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, DecisionContext now)
    {
        List<LocalLevel> levels =
        [
            .. (Levels ?? [])
                .Select(l => new LocalLevel(l?.Level ?? default, Text.Line(l?.Name) ?? "", l?.LimitMinutes ?? 0))
                .OrderBy(l => l.Level),
        ];
        return levels switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            [] => Refusal.Missing("levels", "Name at least one observation level."),
            _ when levels.DistinctBy(l => l.Level).Count() < levels.Count => Refusal.Invalid(
                "level-twice",
                "Each level stands once.",
                "levels"
            ),
            _ when levels.Any(l => l.Name.Length is 0 or > 20) => Refusal.Invalid(
                "level-name-invalid",
                "Give each level a name of at most 20 characters.",
                "levels"
            ),
            _ when levels.DistinctBy(l => l.Name).Count() < levels.Count => Refusal.Invalid(
                "level-name-twice",
                "Two levels have the same name.",
                "levels"
            ),
            _ when levels.Any(l => l.LimitMinutes < 1 || l.LimitMinutes > l.Level.UsualLimit().TotalMinutes) => Refusal.Invalid(
                "limit-out-of-range",
                "A unit's limit may be shorter than the level's own, never longer.",
                "levels"
            ),
            _ when OnAdmission is null || levels.All(l => l.Level != OnAdmission) => Refusal.Invalid(
                "admission-level-unknown",
                "The level on admission must be one of the unit's levels.",
                "onAdmission"
            ),
            _ when levels.SequenceEqual(state.Levels) && OnAdmission == state.OnAdmission => [],
            _ => new LevelsSet(now.Now, levels, OnAdmission.Value),
        };
    }
}
