using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

/// <summary>Raise a concern about a patient under a new UUID.</summary>
/// <param name="To">Who is told at once; the first of the unit's ladder if nobody is named.</param>
public sealed record EscalateConcern(
    Guid? Stay,
    Urgency? Urgency,
    string? Situation,
    string? Background = null,
    string? Assessment = null,
    string? Recommendation = null,
    Role? To = null
) : Command<Escalation>
{
    public override Permission Permission => Permission.RaiseConcern;

    public override IEnumerable<string> Reads(Escalation state, LoadedStates facts) => Whereabouts.Needs(Stay, null, facts);

    public override Decision Decide(Escalation state, DecisionContext now)
    {
        var (unit, wrong) = Whereabouts.Find(Stay, null, now);
        return state switch
        {
            _ when !StayRules.IsId(Key) => Refusal.Invalid(
                "escalation-id-invalid",
                "An escalation's id is a UUID in small letters.",
                "escalation"
            ),
            _ when state.IsKnown() => [],
            _ when Stay is null => Refusal.Missing("stay", "Say about which patient."),
            _ when wrong is not null => wrong,
            _ when Urgency is null => Refusal.Missing("urgency", "Say how soon somebody must come."),
            _ when Text.Block(Situation) is null => Refusal.Missing("situation", "Say what is happening now."),
            _ when TooLong() is { } refusal => refusal,
            _ when To is { } to && !EscalationLadder.MayAnswer.Contains(to) => Refusal.Invalid(
                "role-cannot-answer",
                "Tell somebody who can act: a nurse, the charge nurse, a prescriber or the manager.",
                "to"
            ),
            _ => Escalated(unit!, now),
        };
    }

    private ConcernEscalated Escalated(Unit unit, DecisionContext now)
    {
        var to = To ?? unit.Ladder[0].Role;
        return new(
            unit.Time().Local(now.Now),
            unit.Id,
            Stay!.Value,
            Urgency!.Value,
            to,
            new(Text.Block(Situation)!, Text.Block(Background), Text.Block(Assessment), Text.Block(Recommendation)),
            unit.Ladder.From(to)
        );
    }

    private Refusal? TooLong() =>
        Text.TooLong(Text.Block(Situation), Text.RemarkLimit, "situation")
        ?? Text.TooLong(Text.Block(Background), Text.RemarkLimit, "background")
        ?? Text.TooLong(Text.Block(Assessment), Text.RemarkLimit, "assessment")
        ?? Text.TooLong(Text.Block(Recommendation), Text.RemarkLimit, "recommendation");
}
