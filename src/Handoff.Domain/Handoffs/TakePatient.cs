using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Take a patient who was nobody's but the unit's: one who has just come.</summary>
public sealed record TakePatient(string? Shift) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) =>
        [.. CareRules.Needs(state), .. CareRules.NeedsShift(Shift)];

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when state.Holder?.Who.Id == now.By.Staff.Id => [],
            { Holder: not null } => new Refusal(
                "has-somebody",
                "Somebody is responsible for this patient. They hand over, and you accept."
            ),
            { Next: { } next } when next.To.Id != now.By.Staff.Id => new Refusal(
                "assigned-to-another",
                "The patient is assigned to somebody else, who accepts."
            ),
            _ when CareRules.NotOn(state, now.By.Staff.Id, Shift, now) is { } refusal => refusal,
            _ => new PatientTaken(CareRules.Time(state, now), now.By.Staff),
        };
}
