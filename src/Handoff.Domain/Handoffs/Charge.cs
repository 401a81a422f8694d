using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Its author is in charge of the unit from now on.</summary>
[Stored("charge_taken")]
public sealed record ChargeTaken(DateTimeOffset OccurredAt, Staff Who) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Who.Name} is in charge from {time.Clock(OccurredAt)}.";
}

/// <summary>
/// Who is in charge of a unit; its key is the unit's. Nobody lays it down: whoever is in charge is so, across shifts, until somebody else
/// takes it.
/// </summary>
[Stored("charge")]
public sealed record Charge : State
{
    public string Unit { get; init; } = "";

    public Staff? Who { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>
    /// The one person who is in charge: who took it last; before anybody did, who opened the unit. Null only where there is no unit.
    /// </summary>
    public Staff? InChargeOf(Unit unit) => Who ?? unit.OpenedBy;

    public override string? OnUnit() => Unit.Length > 0 ? Unit : null;

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            ChargeTaken e => this with { Unit = fact.Key, Who = e.Who, Since = e.OccurredAt },
            _ => this,
        };
}
