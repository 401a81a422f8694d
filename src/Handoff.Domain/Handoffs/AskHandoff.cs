using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>Ask about the handoff. Question and answer are kept.</summary>
public sealed record AskHandoff(string? Question) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when CareRules.WrongWords(Question, "question", "Write the question.") is { } refusal => refusal,
            _ when state.Questions.Any(q => q.By.Id == now.By.Staff.Id && q.Words == Text.Line(Question)) => [],
            _ => new HandoffAsked(CareRules.Time(state, now), Text.Line(Question)!),
        };
}
