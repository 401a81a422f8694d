using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Take a contingency back before it has come true: its author, or whoever may give the patient's handoff.</summary>
public sealed record WithdrawContingency(Guid? Contingency, string? Reason = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state.Foreseen(Contingency) switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            null => ContingencyRules.Unknown(Contingency),
            { Closed.IsWithdrawn: true } => [],
            { FiredAt: not null } => new Refusal("contingency-fired", "It has come true already. Answer it: say what was done."),
            { } one when one.Author.Id != now.By.Staff.Id && GivingRules.NotYours(state, now) is not null => Refusal.NotPermitted(
                "contingency-not-yours",
                "Its author withdraws it, or whoever is responsible for the patient or in charge."
            ),
            _ when Text.TooLong(Text.Line(Reason), Text.RemarkLimit, "reason") is { } refusal => refusal,
            { } one => new ContingencyWithdrawn(CareRules.Time(state, now), one.Id, one.Says(), Text.Line(Reason)),
        };
}
