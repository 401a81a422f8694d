using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Answer a question about the handoff.</summary>
public sealed record AnswerHandoff(Guid? Question, string? Words) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state.Questions.FirstOrDefault(q => q.Id == Question) switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            null => Refusal.NotFound("question-unknown", "There is no such question.", "question"),
            _ when CareRules.WrongWords(Words, "words", "Write an answer.") is { } refusal => refusal,
            { } asked when asked.Answer == Text.Line(Words) => [],
            _ => new HandoffAnswered(CareRules.Time(state, now), Question!.Value, Text.Line(Words)!),
        };
}
