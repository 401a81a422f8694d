using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Set from how many missed limits in a row on a concern is raised, and how long a patient may be unseen in a bathroom.</summary>
/// <param name="Bathrooms">Which of the unit's places are bathrooms; as they were if none are given.</param>
public sealed record SetWatchRules(int? MissesInARow, int? BathroomMinutes, IReadOnlyList<string>? Bathrooms = null) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, DecisionContext now)
    {
        var bathrooms = Bathrooms is null ? state.WatchRules.Bathrooms : UnitRules.Lines(Bathrooms);
        return (MissesInARow, BathroomMinutes) switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            (null, _) => Refusal.Missing("missesInARow", "Say after how many missed limits in a row a concern is raised."),
            (_, null) => Refusal.Missing("bathroomMinutes", "Say how many minutes a patient may be unseen in a bathroom."),
            (< 1 or > WatchRules.MostMisses, _) => Refusal.Invalid(
                "misses-out-of-range",
                $"A concern is raised after 1 to {WatchRules.MostMisses} missed limits in a row.",
                "missesInARow"
            ),
            (_, < 1 or > WatchRules.MostBathroomMinutes) => Refusal.Invalid(
                "bathroom-minutes-out-of-range",
                $"Between 1 and {WatchRules.MostBathroomMinutes} minutes.",
                "bathroomMinutes"
            ),
            _ when bathrooms.Count > 40 || bathrooms.Any(b => b.Length > 40) => Refusal.Invalid(
                "bathrooms-invalid",
                "Name at most 40 places, each of at most 40 characters.",
                "bathrooms"
            ),
            _ when (MissesInARow, BathroomMinutes) == (state.WatchRules.MissesInARow, state.WatchRules.BathroomMinutes)
                    && bathrooms.SequenceEqual(state.WatchRules.Bathrooms) => [],
            _ => new WatchRulesSet(now.Now, MissesInARow.Value, BathroomMinutes.Value, bathrooms),
        };
    }
}
