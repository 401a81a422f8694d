using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Incidents;

/// <summary>Say that a debrief was not held in time; once for each.</summary>
[Internal]
public sealed record FindDebriefOverdue : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now) =>
        state.DebriefsDue() is { } due && due <= now.Now
            ?
            [
                .. state
                    .DebriefsOwed()
                    .Where(owed => !state.IsSaidOverdue(owed))
                    .Select(owed => new DebriefOverdue(
                        IncidentRules.Time(state, due, now),
                        owed is { } stay ? [stay] : [],
                        owed is null ? DebriefOf.Staff : DebriefOf.Patient
                    )),
            ]
            : [];
}
