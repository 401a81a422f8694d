using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Say that it was seen that a contingency came true, and what was done.</summary>
/// <param name="Words">What was done; nothing needs to be said.</param>
public sealed record AnswerContingency(Guid? Contingency, string? Words = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state.Foreseen(Contingency) switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            null => ContingencyRules.Unknown(Contingency),
            { FiredAt: null } => new Refusal("contingency-not-fired", "It has not come true. Withdraw it if it is not needed any more."),
            { Closed: not null } => [],
            _ when Text.TooLong(Text.Line(Words), Text.RemarkLimit, "words") is { } refusal => refusal,
            { } one => new ContingencyAnswered(CareRules.Time(state, now), one.Id, one.Says(), Text.Line(Words)),
        };
}
