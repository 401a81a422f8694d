using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>Anything else, on the incident's own page only.</summary>
public sealed record NoteIncident(string? Remark, DateTimeOffset? At = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now) =>
        state switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Text.Line(Remark) is null => Refusal.Missing("remark", "Say what happened."),
            _ => new IncidentNoted(IncidentRules.Time(state, At, now), [], Text.Line(Remark)),
        };
}
