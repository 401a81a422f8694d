using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Be in charge of the unit from now on. Who was in charge until now need not be there.</summary>
public sealed record TakeCharge : Command<Charge>
{
    public override Permission Permission => Permission.TakeCharge;

    public override IEnumerable<string> Reads(Charge state, LoadedStates facts) => [StreamId.For(StateKind<Unit>.Name, Key)];

    public override Decision Decide(Charge state, DecisionContext now) =>
        now.States.Get<Unit>(Key) switch
        {
            { } unit when !unit.IsOpen() => Refusal.NotFound("unit-unknown", "There is no such unit.", "unit"),
            _ when !now.By.WorksOn(Key) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when state.Who?.Id == now.By.Staff.Id => [],
            var unit => new ChargeTaken(unit.Time().Local(now.Now), now.By.Staff),
        };
}
