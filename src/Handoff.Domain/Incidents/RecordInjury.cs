using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>Record an injury, or that none was found. An injury of staff or of a visitor is shown on no patient's page.</summary>
public sealed record RecordInjury(Injured? Injured, Harm? Harm, Guid? Stay = null, string? Remark = null, DateTimeOffset? At = null)
    : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now) =>
        (state, Injured == Incidents.Injured.Patient ? IncidentRules.Whose(state, Stay) : ([], null)) switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Injured is null => Refusal.Missing("injured", "Say who was looked at for injuries."),
            _ when Harm is null => Refusal.Missing("harm", "Say how bad it is; none is an answer too."),
            (_, (_, { } refusal)) => refusal,
            var (_, (stays, _)) => new InjuryRecorded(
                IncidentRules.Time(state, At, now),
                stays,
                Text.Line(Remark),
                Injured.Value,
                Harm.Value
            ),
        };
}
