using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

// Commands

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

    public override IEnumerable<string> Needs(Escalation state, Facts facts) => Whereabouts.Needs(Stay, null, facts);

    public override Decision Decide(Escalation state, Situation now)
    {
        var (unit, wrong) = Whereabouts.Of(Stay, null, now);
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

    private ConcernEscalated Escalated(Unit unit, Situation now)
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

/// <summary>Say that you have heard it, and what will be done. Nobody acknowledges their own concern.</summary>
public sealed record AcknowledgeEscalation(string? Plan) : Command<Escalation>
{
    public override Permission Permission => Permission.AcknowledgeConcern;

    public override IEnumerable<string> Needs(Escalation state, Facts facts) => EscalationRules.Needs(state);

    public override Decision Decide(Escalation state, Situation now) =>
        state switch
        {
            _ when EscalationRules.Unknown(state) is { } refusal => refusal,
            { AcknowledgedAt: not null } when state.AcknowledgedBy == now.By.Staff.Name && state.Plan == Text.Block(Plan) => [],
            { AcknowledgedAt: not null } => new Refusal(
                "escalation-acknowledged",
                $"{state.AcknowledgedBy} has acknowledged it already. Their plan is on the page."
            ),
            _ when state.RaisedById == now.By.Staff.Id => new Refusal(
                "escalation-own",
                "You raised it: somebody else must acknowledge it. Call them if nobody does."
            ),
            _ when EscalationRules.WrongText(Plan, "plan", "Say what will be done, by whom.") is { } refusal => refusal,
            _ => new EscalationAcknowledged(EscalationRules.At(state, now), now.By.Staff.Name, Text.Block(Plan)!),
        };
}

/// <summary>Say what came of it.</summary>
public sealed record CloseEscalation(string? Outcome) : Command<Escalation>
{
    public override Permission Permission => Permission.AcknowledgeConcern;

    public override IEnumerable<string> Needs(Escalation state, Facts facts) => EscalationRules.Needs(state);

    public override Decision Decide(Escalation state, Situation now) =>
        state switch
        {
            _ when EscalationRules.Unknown(state) is { } refusal => refusal,
            { ClosedAt: not null } => [],
            { AcknowledgedAt: null } => new Refusal(
                "escalation-not-acknowledged",
                "Nobody has acknowledged it yet. Acknowledge it with a plan first."
            ),
            _ when EscalationRules.WrongText(Outcome, "outcome", "Say what came of it.") is { } refusal => refusal,
            _ => new EscalationClosed(EscalationRules.At(state, now), Text.Block(Outcome)!),
        };
}

/// <summary>Take every step of the ladder that is due. After an outage each is said at the time when it was due.</summary>
[Internal]
public sealed record FindEscalationStep : Command<Escalation>
{
    public override Permission Permission => Permission.RaiseConcern;

    public override IEnumerable<string> Needs(Escalation state, Facts facts) => EscalationRules.Needs(state);

    public override Decision Decide(Escalation state, Situation now)
    {
        var time = EscalationRules.Time(state, now);
        return state.IsUnacknowledged()
            ?
            [
                .. state
                    .Ladder.Skip(state.Told.Count)
                    .TakeWhile(rung => Due(rung) <= now.Now)
                    .Select(rung => new EscalationStepped(time.Local(Due(rung)), rung.Role, rung.AfterMinutes)),
            ]
            : [];

        DateTimeOffset Due(Rung rung) => state.RaisedAt!.Value.AddMinutes(rung.AfterMinutes);
    }
}

/// <summary>Bring an open concern to the unit where the patient is now.</summary>
[Internal]
public sealed record MoveEscalation : Command<Escalation>
{
    public override Permission Permission => Permission.RaiseConcern;

    public override IEnumerable<string> Needs(Escalation state, Facts facts) =>
        state.IsKnown() ? Whereabouts.Needs(state.Stay, null, facts) : [];

    public override Decision Decide(Escalation state, Situation now) =>
        state.IsOpen() && Whereabouts.Now(state.Stay, now) is { } there && there.Id != state.Unit
            ? new EscalationMoved(there.Time().Local(now.Now), there.Id)
            : [];
}

internal static class EscalationRules
{
    public static IEnumerable<string> Needs(Escalation state) => state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    public static UnitTime Time(Escalation state, Situation now) => now.Facts.Of<Unit>(state.Unit ?? "").Time();

    public static DateTimeOffset At(Escalation state, Situation now) => Time(state, now).Local(now.Now);

    public static Refusal? Unknown(Escalation state) =>
        state.IsKnown() ? null : Refusal.NotFound("escalation-unknown", "There is no such escalation.", "escalation");

    public static Refusal? WrongText(string? text, string field, string says) =>
        Text.Block(text) switch
        {
            null => Refusal.Missing(field, says),
            var block => Text.TooLong(block, Text.RemarkLimit, field),
        };
}
