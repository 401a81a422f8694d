using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Incidents;

/// <summary>One more patient turns out to be involved.</summary>
public sealed record InvolvePatient(Guid? Stay, DateTimeOffset? At = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) =>
        [.. IncidentRules.NeedsUnit(state), .. Stay is { } stay ? IncidentRules.NeedsStay(stay) : []];

    public override Decision Decide(Incident state, DecisionContext now) =>
        state switch
        {
            _ when IncidentRules.Wrong(state, At, null, now) is { } refusal => refusal,
            _ when Stay is null => Refusal.Missing("stay", "Say which patient."),
            _ when state.Patients().Contains(Stay.Value) => [],
            _ when state.Patients().Count >= IncidentRules.MostPatients => Refusal.Invalid(
                "patients-too-many",
                $"At most {IncidentRules.MostPatients} patients are in one incident.",
                "stay"
            ),
            _ when IncidentRules.NotOn(now.States.Get<Unit>(state.Unit), Stay.Value, now, "stay") is { } refusal => refusal,
            _ => new IncidentPatientInvolved(IncidentRules.Time(state, At, now), [Stay.Value], null, state.Kind, state.Place()),
        };
}
