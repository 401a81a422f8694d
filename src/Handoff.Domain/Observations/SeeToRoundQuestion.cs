using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>
/// Say what became of a question about checks. It has no route of its own: whether there is such a question is known to who reads the
/// checks.
/// </summary>
[Internal]
public sealed record SeeToRoundQuestion(RoundQuestionAsked Question, string? Reason) : Command<RoundQuestion>
{
    public override Permission Permission => Permission.AskAboutRounds;

    public override IEnumerable<string> Reads(RoundQuestion state, LoadedStates facts) =>
        [StreamId.For(StateKind<Unit>.Name, Question.Unit)];

    public override Decision Decide(RoundQuestion state, DecisionContext now) =>
        state switch
        {
            _ when Text.Line(Reason) is null => Refusal.Missing("reason", "Say what you found, or what was done."),
            _ when Text.TooLong(Text.Line(Reason), Text.RemarkLimit, "reason") is { } refusal => refusal,
            { SeenToAt: not null } when state.Reason == Text.Line(Reason) => [],
            { SeenToAt: not null } => new Refusal("question-seen-to", "Somebody has already seen to this."),
            _ => new RoundQuestionSeenTo(
                Time(now).Local(now.Now),
                Question.Unit,
                Question.Kind,
                Time(now).Local(Question.From),
                Time(now).Local(Question.To),
                Text.Line(Reason)!
            ),
        };

    private UnitTime Time(DecisionContext now) => now.States.Get<Unit>(Question.Unit).Time();
}
