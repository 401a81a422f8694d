using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>Add what was left out of a handoff that has been accepted. Whoever accepted it sees it as news.</summary>
public sealed record AddToHandoff(string? Words) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when AfterthoughtRules.NotYours(state, now) is { } refusal => refusal,
            _ when CareRules.WrongWords(Words, "words", "Write what was left out.") is { } refusal => refusal,
            _ when state.Accepted!.Added.Any(a => a.By.Id == now.By.Staff.Id && a.Words == Text.Line(Words)) => [],
            _ => new HandoffAdded(CareRules.Time(state, now), state.Accepted!.Id, Text.Line(Words)!),
        };
}
