using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Name the places of a unit where patients are seen.</summary>
public sealed record SetPlaces(IReadOnlyList<string>? Places) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, DecisionContext now)
    {
        var places = UnitRules.Lines(Places);
        return places switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            { Count: < 3 } => Refusal.Invalid("places-too-few", "Name at least three places; the first three are one tap away.", "places"),
            { Count: > 40 } => Refusal.Invalid("places-too-many", "Name at most 40 places.", "places"),
            _ when places.Any(p => p.Length > 40) => Refusal.Invalid(
                "place-name-too-long",
                "A place's name has at most 40 characters.",
                "places"
            ),
            _ when places.SequenceEqual(state.Places) => [],
            _ => new PlacesSet(now.Now, places),
        };
    }
}
