using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>
/// Record what is tried to calm the patient. How it went is said when it is over: <see cref="RateAttempt"/>; or at once, when it is entered
/// later.
/// </summary>
/// <param name="Minutes">How long it took, 0 to 600.</param>
public sealed record RecordAttempt(
    Technique? Technique,
    Guid? Stay = null,
    Effect? Effect = null,
    int? Minutes = null,
    bool? AvoidedRestriction = null,
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
            _ when Technique is null => Refusal.Missing("technique", "Say what was tried."),
            _ when Technique == Incidents.Technique.Other && Text.Line(Remark) is null => Refusal.Missing(
                "remark",
                "Say what else was tried."
            ),
            _ when Attempts.WrongMinutes(Minutes) is { } refusal => refusal,
            (_, (_, { } refusal)) => refusal,
            var (_, (stays, _)) => new DeescalationAttempted(
                IncidentRules.Time(state, At, now),
                stays,
                Text.Line(Remark),
                Technique.Value,
                Minutes,
                Effect,
                AvoidedRestriction
            ),
        };
}
