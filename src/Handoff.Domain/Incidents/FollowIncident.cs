using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Incidents;

/// <summary>
/// Bring what is known to help in line with an incident and with where the patient is. It looks at how things are, so it may be sent any
/// number of times.
/// </summary>
[Internal]
public sealed record FollowIncident(Guid? Incident = null) : Command<WhatHelps>
{
    public static readonly Reaction Reaction = new(
        "WhatHelpsFollowsIncidents",
        fact =>
            fact.Event switch
            {
                DeescalationAttempted { Stays: [var stay] } => [ForStay(stay, fact)],
                DeescalationRated { Stays: [var stay] } => [ForStay(stay, fact)],
                IncidentStepEnteredInError { Stays: [var stay] } => [ForStay(stay, fact)],
                Transferred or TransferCancelled or Discharged or DischargeCancelled or AdmissionCancelled =>
                [
                    new FollowIncident { Key = fact.Key },
                ],
                _ => [],
            }
    );

    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(WhatHelps state, LoadedStates facts) =>
        [
            StreamId.For(StateKind<Stay>.Name, Key),
            .. Incident is { } id ? [StreamId.For(StateKind<Incident>.Name, id)] : Array.Empty<string>(),
            .. IncidentRules.NeedsUnit(facts.Get<Stay>(Key).OnUnit()),
        ];

    public override Decision Decide(WhatHelps state, DecisionContext now)
    {
        var unit = now.States.Get<Stay>(Key).OnUnit();
        var at = now.States.Get<Unit>(unit ?? "").Time().Local(now.Now);
        return (Incident, Guid.TryParse(Key, out var stay)) switch
        {
            (_, false) => [],
            ({ } id, _) => Learned(state, unit, id, now.States.Get<Incident>(id.ToString()).Helped(stay), at),
            _ when state.Incidents.Count > 0 && state.Unit != unit => new WhatHelpsMoved(at, unit),
            _ => [],
        };
    }

    private static Decision Learned(WhatHelps state, string? unit, Guid incident, IReadOnlyList<Technique> helped, DateTimeOffset at) =>
        helped.SequenceEqual(state.Incidents.FirstOrDefault(known => known.Incident == incident)?.Techniques ?? [])
            ? []
            : new WhatHelpedLearned(at, unit, incident, helped);

    private static FollowIncident ForStay(Guid stay, EventEnvelope fact) => new(Guid.Parse(fact.Key)) { Key = stay.ToString() };
}
