using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>The crisis is over; what it leaves open begins now.</summary>
public sealed record ResolveIncident(string? Remark = null, DateTimeOffset? At = null) : Command<Incident>
{
    public override Permission Permission => Permission.ResolveIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now) =>
        state switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when state.ResolvedAt() is not null => [],
            _ when IncidentRules.Time(state, At, now) < state.OpenedAt() => Refusal.Invalid(
                "end-before-incident",
                "That is before the incident began.",
                "at"
            ),
            _ => new IncidentResolved(IncidentRules.Time(state, At, now), state.Patients(), Text.Line(Remark)),
        };
}
