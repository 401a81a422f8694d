using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>Somebody in charge asked about checks that looked unlike others, and says what they were.</summary>
[Stored("round_question_seen_to")]
public sealed record RoundQuestionSeenTo(
    DateTimeOffset OccurredAt,
    string Unit,
    RoundQuestionKind Kind,
    DateTimeOffset From,
    DateTimeOffset To,
    string Reason
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Checks of {time.DayAndClock(From)} to {time.Clock(To)} were asked about ({Kind.Words()}): {Reason}";
}

/// <summary>How checks can look unlike a round. None of it says why: see <see cref="RoundQuestions"/>.</summary>
public enum RoundQuestionKind
{
    EnteredTogether,
    EqualIntervals,
    TwoPlaces,
    IdleSession,
}

/// <summary>Whether a question about checks was seen to; the question itself follows from the checks.</summary>
[Stored("round_question")]
public sealed record RoundQuestion : State
{
    public DateTimeOffset? SeenToAt { get; init; }

    public string? By { get; init; }

    public string? Reason { get; init; }

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            RoundQuestionSeenTo e => this with { SeenToAt = e.OccurredAt, By = fact.By.Name, Reason = e.Reason },
            _ => this,
        };
}

public static class RoundQuestionWords
{
    /// <summary>A few words, without a verdict.</summary>
    public static string Words(this RoundQuestionKind kind) =>
        kind switch
        {
            RoundQuestionKind.EnteredTogether => "entered in one moment",
            RoundQuestionKind.EqualIntervals => "the same interval each time",
            RoundQuestionKind.TwoPlaces => "two places at once",
            _ => "for a time without other entries",
        };
}
