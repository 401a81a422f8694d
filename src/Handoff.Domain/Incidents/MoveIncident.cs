using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>Say where an incident has moved to.</summary>
public sealed record MoveIncident(string? Place, DateTimeOffset? At = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now) =>
        state switch
        {
            _ when IncidentRules.Wrong(state, At, null, now) is { } refusal => refusal,
            _ when Text.Line(Place) is null => Refusal.Missing("place", "Say where it is now."),
            _ when IncidentRules.WrongTexts(Place, null) is { } refusal => refusal,
            _ when state.Place() == Text.Line(Place) => [],
            _ => new IncidentMoved(IncidentRules.Time(state, At, now), state.Patients(), null, Text.Line(Place)!),
        };
}
