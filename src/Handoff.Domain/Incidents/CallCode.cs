using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>Say that a code was called in an incident.</summary>
public sealed record CallCode(Code? Code, string? Remark = null, DateTimeOffset? At = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now) =>
        state switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Code is null => Refusal.Missing("code", "Say which code was called."),
            _ => new CodeCalled(IncidentRules.Time(state, At, now), state.Patients(), Text.Line(Remark), Code.Value),
        };
}
