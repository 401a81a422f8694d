using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>Judge how ill the patient is, for whoever comes next.</summary>
public sealed record JudgeSeverity(IllnessSeverity? Severity) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when Severity is null => Refusal.Missing("severity", "Choose stable, watcher or unstable."),
            _ when Severity == state.Severity => [],
            _ => new SeverityJudged(CareRules.Time(state, now), Severity.Value),
        };
}
