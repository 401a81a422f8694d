using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>Decline the patient, and why. They stay with the giver.</summary>
public sealed record DeclineHandoff(string? Reason) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            { Submitted: null, Next: null, Declined: { } said } when said == Text.Line(Reason) => [],
            _ when ReceivingRules.NotYours(state, now) is { } refusal => refusal,
            { Submitted: null, Holder: not null } => ReceivingRules.NotSubmitted,
            _ when CareRules.WrongWords(Reason, "reason", "Say why you decline.") is { } refusal => refusal,
            _ => new HandoffDeclined(CareRules.Time(state, now), Text.Line(Reason)!),
        };
}
