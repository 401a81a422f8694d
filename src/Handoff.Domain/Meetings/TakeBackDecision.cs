using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

/// <summary>Take a decision back, and say why; its task is withdrawn unless it is done.</summary>
public sealed record TakeBackDecision(Guid? Decision, string? Reason) : Command<CaseReview>
{
    public override Permission Permission => Permission.ReviewPatients;

    public override IEnumerable<string> Reads(CaseReview state, LoadedStates facts) => ReviewRules.NeedsStay(Key, facts);

    public override Decision Decide(CaseReview state, DecisionContext now) =>
        state.Decision(Decision) switch
        {
            _ when ReviewRules.WrongStay(Key, now) is { } refusal => refusal,
            _ when Decision is null => Refusal.Missing("decision", "Say which decision."),
            null => Refusal.NotFound("decision-unknown", "There is no such decision.", "decision"),
            { TakenBack: not null } => [],
            _ when TaskRules.WrongReason(Reason) is { } refusal => refusal,
            { } known => new DecisionTakenBack(ReviewRules.At(Key, now), known.Id, known.Words, Text.Line(Reason)!),
        };
}
