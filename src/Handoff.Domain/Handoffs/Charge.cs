using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

// Events

/// <summary>Its author is in charge of the unit from now on.</summary>
[Stored("charge_taken")]
public sealed record ChargeTaken(DateTimeOffset OccurredAt, Staff Who) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Who.Name} is in charge from {time.Clock(OccurredAt)}.";
}

// State

/// <summary>
/// Who is in charge of a unit; its key is the unit's. Nobody lays it down: whoever is in charge is so, across shifts, until somebody else takes it.
/// </summary>
[Stored("charge")]
public sealed record Charge : State
{
    public string Unit { get; init; } = "";

    public Staff? Who { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>The one person who is in charge: who took it last; before anybody did, who opened the unit. Null only where there is no unit.</summary>
    public Staff? Of(Unit unit) => Who ?? unit.OpenedBy;

    public override string? OnUnit() => Unit.Length > 0 ? Unit : null;

    public override State Evolve(Recorded fact) =>
        fact.Event switch
        {
            ChargeTaken e => this with { Unit = fact.Key, Who = e.Who, Since = e.OccurredAt },
            _ => this,
        };
}

// Commands

/// <summary>Be in charge of the unit from now on. Who was in charge until now need not be there.</summary>
public sealed record TakeCharge : Command<Charge>
{
    public override Permission Permission => Permission.TakeCharge;

    public override IEnumerable<string> Needs(Charge state, Facts facts) => [StreamId.For(StateKind<Unit>.Name, Key)];

    public override Decision Decide(Charge state, Situation now) =>
        now.Facts.Of<Unit>(Key) switch
        {
            { } unit when !unit.IsOpen() => Refusal.NotFound("unit-unknown", "There is no such unit.", "unit"),
            _ when !now.By.WorksOn(Key) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when state.Who?.Id == now.By.Staff.Id => [],
            var unit => new ChargeTaken(unit.Time().Local(now.Now), now.By.Staff),
        };
}
