using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>Record the signs that were seen before or in an incident.</summary>
public sealed record RecordWarningSigns(
    IReadOnlyList<WarningSign>? Signs = null,
    Guid? Stay = null,
    string? Remark = null,
    DateTimeOffset? At = null
) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now) =>
        (state, IncidentRules.Whose(state, Stay)) switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Signs is null or [] && Text.Line(Remark) is null => Refusal.Missing(
                "signs",
                "Choose a sign, or describe what was seen."
            ),
            (_, (_, { } refusal)) => refusal,
            var (_, (stays, _)) => new WarningSignsSeen(
                IncidentRules.Time(state, At, now),
                stays,
                Text.Line(Remark),
                [.. (Signs ?? []).Distinct()]
            ),
        };
}
