using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>Say how an attempt went.</summary>
/// <param name="Minutes">How long it took, 0 to 600; if nothing is said, from its beginning until now.</param>
public sealed record RateAttempt(Guid? Step, Effect? Effect, int? Minutes = null, bool? AvoidedRestriction = null) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now) =>
        (state, Step is { } id ? state.Step(id) : null) switch
        {
            _ when IncidentRules.Wrong(state, null, null, now) is { } refusal => refusal,
            (_, not { Kind: StepKind.Deescalation }) => Attempts.StepUnknown,
            (_, { InError: not null }) => Attempts.StepInError,
            _ when Effect is null => Refusal.Missing("effect", "Say how it went."),
            _ when Attempts.WrongMinutes(Minutes) is { } refusal => refusal,
            (_, { Effect: { } known }) when known == Effect => [],
            (_, var step) => new DeescalationRated(
                IncidentRules.Time(state, null, now),
                step!.Stays,
                step.Id,
                step.Technique!.Value,
                Minutes ?? Attempts.Since(step, now),
                Effect.Value,
                AvoidedRestriction
            ),
        };
}
