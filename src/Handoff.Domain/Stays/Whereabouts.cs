using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>The unit that something belongs to which is about a patient or, where no patient is named, about the unit itself.</summary>
internal static class Whereabouts
{
    public static IEnumerable<string> Needs(Guid? stay, string? unit, LoadedStates facts) =>
        stay is { } id ? [StreamId.For(StateKind<Stay>.Name, id), .. UnitOf(facts.Get<Stay>(id.ToString()).Where()?.Unit)] : UnitOf(unit);

    /// <summary>
    /// Where the patient is, or the unit that was named; a patient who has gone, a unit that is not there or is not the actor's is refused.
    /// </summary>
    public static (Unit? Unit, Refusal? Refusal) Find(Guid? stay, string? unit, DecisionContext now)
    {
        if (stay is { } id && StayRules.NotHere(now.States.Get<Stay>(id.ToString())) is { } gone)
        {
            return (null, gone);
        }

        var name = stay is { } patient ? now.States.Get<Stay>(patient.ToString()).Where()?.Unit : unit;
        return now.States.Get<Unit>(name ?? "") switch
        {
            _ when string.IsNullOrEmpty(name) => (null, Refusal.Missing("unit", "Say which unit, or which patient.")),
            var known when !known.IsOpen() => (null, Refusal.NotFound("unit-unknown", "There is no such unit.", "unit")),
            _ when !now.By.WorksOn(name) => (null, Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit.")),
            var known => (known, null),
        };
    }

    /// <summary>The unit where the patient is now; null if they are on none.</summary>
    public static Unit? Now(Guid stay, DecisionContext now) =>
        now.States.Get<Stay>(stay.ToString()) is var known && known.IsHere() ? now.States.Get<Unit>(known.Where()!.Unit) : null;

    private static IEnumerable<string> UnitOf(string? unit) => Unit.IsId(unit) ? [StreamId.For(StateKind<Unit>.Name, unit!)] : [];
}
