using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>
/// Say that a step was entered in error. Of the opening: that there was no incident at all; then it is said of every step, also on each
/// patient's own page.
/// </summary>
public sealed record TakeBackStep(Guid? Step, string? Reason) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) => IncidentRules.NeedsUnit(state);

    public override Decision Decide(Incident state, DecisionContext now)
    {
        var step = Step is { } id ? state.Step(id) : null;
        Step[] struck =
            step is { Kind: StepKind.Opened } ? [step, .. state.Steps.Where(one => one.Counts() && one != step)]
            : step is null ? []
            : [step];
        return state switch
        {
            _ when !state.IsKnown() => IncidentRules.Unknown,
            _ when step is { InError: not null } && now.By.WorksOn(state.Unit) => [],
            _ when IncidentRules.Wrong(state, null, null, now) is { } refusal => refusal,
            _ when step is null => Attempts.StepUnknown,
            _ when struck.Select(one => Corrections.NotYours(one, now)).FirstOrDefault(refusal => refusal is not null) is { } refusal =>
                refusal,
            _ when Corrections.WrongReason(Reason) is { } refusal => refusal,
            _ => [.. struck.Select(one => InError(one, state, now))],
        };
    }

    private IncidentStepEnteredInError InError(Step step, Incident state, DecisionContext now) =>
        new(IncidentRules.Time(state, null, now), step.Stays, step.Id, step.At, Text.Line(Reason)!);
}
