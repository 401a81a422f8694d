using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Incidents;

/// <summary>Talk it through afterwards: with each patient, and once with the staff.</summary>
/// <param name="Stay">Whose debrief; not needed if one patient is involved.</param>
public sealed record HoldDebrief(
    DebriefOf? Of,
    Guid? Stay = null,
    bool IsDeclined = false,
    string? Remark = null,
    DateTimeOffset? At = null
) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now)
    {
        var (stays, wrong) = Of == DebriefOf.Patient ? IncidentRules.Whose(state, Stay) : ([], null);
        return state switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Of is null => Refusal.Missing("of", "Say with whom: the patient or the staff."),
            _ when IncidentRules.NotResolved(state) is { } refusal => refusal,
            _ when Of == DebriefOf.Patient && state.Patients().Count == 0 => new Refusal(
                "no-patient-involved",
                "No patient is involved in this incident.",
                "stay"
            ),
            _ when wrong is not null => wrong,
            _ when Of == DebriefOf.Staff && IsDeclined => Refusal.Invalid(
                "debrief-declined-by-staff",
                "Only a patient declines a debrief.",
                "isDeclined"
            ),
            _ when IncidentRules.Time(state, At, now) < state.ResolvedAt() => Refusal.Invalid(
                "debrief-before-end",
                "That is before the incident was resolved.",
                "at"
            ),
            _ when state.WasDebriefed(Of.Value, stays is [var one] ? one : default) => [],
            _ => new DebriefHeld(IncidentRules.Time(state, At, now), stays, Text.Line(Remark), Of.Value, IsDeclined),
        };
    }
}
