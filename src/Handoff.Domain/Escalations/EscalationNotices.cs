using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

// Events

/// <summary>
/// What carries notices outside (a paging service) has taken the notice of a step. Whether a person has read it is not known.
/// </summary>
[Stored("escalation_notice_delivered")]
public sealed record EscalationNoticeDelivered(DateTimeOffset OccurredAt, Role To) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"The notice to the {EscalationLadder.Called(To)} was handed to the paging service at {time.Clock(OccurredAt)}.";
}

/// <summary>
/// The notice of a step was tried several times and nobody said that it was taken. It may have been, where only the answer was lost; or be
/// taken later,
/// which is an event of its own.
/// </summary>
/// <param name="Why">What went wrong, in words.</param>
[Stored("escalation_notice_failed")]
public sealed record EscalationNoticeFailed(DateTimeOffset OccurredAt, Role To, string Why) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"The notice to the {EscalationLadder.Called(To)} was not confirmed by {time.Clock(OccurredAt)}: {Why}.";

    public override Significance Significance() => Kernel.Significance.Notable;
}

// Commands

/// <summary>Say on the concern whether the notice of a step went out.</summary>
/// <param name="To">Whose step.</param>
/// <param name="Failure">Why it did not; null if it did.</param>
[Internal]
public sealed record TellNotice(Role To, string? Failure) : Command<Escalation>
{
    public override Permission Permission => Permission.RaiseConcern;

    public override IEnumerable<string> Reads(Escalation state, LoadedStates facts) => EscalationRules.Needs(state);

    public override Decision Decide(Escalation state, DecisionContext now) =>
        (state.Told.FirstOrDefault(t => t.To == To), Failure) switch
        {
            _ when EscalationRules.Unknown(state) is { } refusal => refusal,
            (null, _) => Refusal.NotFound("escalation-step-unknown", $"It has not gone to the {EscalationLadder.Called(To)}.", "to"),
            ({ SentAt: not null }, _) => [],
            (_, null) => new EscalationNoticeDelivered(EscalationRules.At(state, now), To),
            ({ NotSent: not null }, _) => [],
            (_, var why) => new EscalationNoticeFailed(EscalationRules.At(state, now), To, why),
        };
}
