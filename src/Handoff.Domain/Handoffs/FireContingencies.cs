using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>Let come true what an event makes true. Each does so once, so it may be sent any number of times.</summary>
/// <param name="Because">What happened to the patient, on whichever stream.</param>
[Internal]
public sealed record FireContingencies([property: JsonIgnore] EventEnvelope? Because) : Command<Care>
{
    public static readonly Reaction Reaction = new(
        "ContingenciesFollowEvents",
        fact => Condition.Concerned(fact).Select(stay => new FireContingencies(fact) { Key = stay.ToString() })
    );

    public override Permission Permission => Permission.HandOver;

    public override Decision Decide(Care state, DecisionContext now) =>
        Because is { } fact && state.IsRunning()
            ? [.. state.Contingencies.Where(c => c.IsMetBy(fact.Event)).Select(c => c.Fires(fact.Event.OccurredAt, fact.Id))]
            : [];
}
