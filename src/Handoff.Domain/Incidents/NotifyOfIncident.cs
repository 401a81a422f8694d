using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>Record that somebody was told.</summary>
/// <param name="Stay">About whom; if nothing is said, about everybody involved.</param>
/// <param name="Name">Who it was, where that matters.</param>
public sealed record NotifyOfIncident(
    Party? Party,
    Channel? Channel = null,
    Guid? Stay = null,
    string? Name = null,
    string? Remark = null,
    DateTimeOffset? At = null
) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now) =>
        (state, About(state)) switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Party is null => Refusal.Missing("party", "Say who was told."),
            _ when Text.TooLong(Text.Line(Name), Text.NameLimit, "name") is { } refusal => refusal,
            (_, (_, { } refusal)) => refusal,
            var (_, (stays, _)) => new IncidentNotified(
                IncidentRules.Time(state, At, now),
                stays,
                Text.Line(Remark),
                Party.Value,
                Text.Line(Name),
                Channel ?? Incidents.Channel.InPerson
            ),
        };

    // A family is told about its own.
    private (IReadOnlyList<Guid> Stays, Refusal? Refusal) About(Incident state) =>
        Stay is null && Party is not (Incidents.Party.Family or Incidents.Party.Guardian)
            ? (state.Patients(), null)
            : IncidentRules.Whose(state, Stay);
}
