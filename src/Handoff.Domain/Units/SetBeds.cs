using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Name the beds of a unit.</summary>
public sealed record SetBeds(IReadOnlyList<string>? Beds) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, DecisionContext now)
    {
        var beds = UnitRules.Lines(Beds);
        return beds switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            [] => Refusal.Missing("beds", "Name at least one bed."),
            { Count: > 200 } => Refusal.Invalid("beds-too-many", "A unit has at most 200 beds here. Split it.", "beds"),
            _ when beds.Any(b => b.Length > 20) => Refusal.Invalid("bed-name-too-long", "A bed's name has at most 20 characters.", "beds"),
            _ when beds.SequenceEqual(state.Beds) => [],
            _ => new BedsSet(now.Now, beds),
        };
    }
}
