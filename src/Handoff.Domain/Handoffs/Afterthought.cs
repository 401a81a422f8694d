using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

// Events

/// <summary>
/// What the giver, looking back once all was accepted, found to have been left out. It reaches whoever accepted as news. Source: FAA JO 7110.65, position relief
/// briefing: who was relieved stays, listens and looks whether anything was missed.
/// </summary>
/// <param name="Handoff">The submission to which it belongs.</param>
[Stored("handoff_added")]
public sealed record HandoffAdded(DateTimeOffset OccurredAt, Guid Handoff, string Words) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Left out of the hand-over, added at {time.Clock(OccurredAt)}: {Words}";

    public override Gravity Gravity() => Kernel.Gravity.Notable;

    public override Bearing ForHandoff(UnitTime time) => new(HandoffPart.Critical, Sentence(time));

    public override Amendment Amends() => new(Handoff, IsStruck: false);
}

/// <summary>The giver was asked whether anything was left out, and said no.</summary>
[Stored("handoff_closed")]
public sealed record HandoffClosed(DateTimeOffset OccurredAt, Guid Handoff) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The giver looked back at {time.Clock(OccurredAt)}: nothing more was left out.";

    public override Amendment Amends() => new(Handoff, IsStruck: false);
}

// Commands

/// <summary>Add what was left out of a hand-over that has been accepted. Whoever accepted it sees it as news.</summary>
public sealed record AddToHandoff(string? Words) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when AfterthoughtRules.NotYours(state, now) is { } refusal => refusal,
            _ when CareRules.WrongWords(Words, "words", "Write what was left out.") is { } refusal => refusal,
            _ when state.Accepted!.Added.Any(a => a.By.Id == now.By.Staff.Id && a.Words == Text.Line(Words)) => [],
            _ => new HandoffAdded(CareRules.Time(state, now), state.Accepted!.Id, Text.Line(Words)!),
        };
}

/// <summary>Say that nothing (more) was left out of a hand-over that has been accepted.</summary>
public sealed record CloseHandoff : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when AfterthoughtRules.NotYours(state, now) is { } refusal => refusal,
            { Accepted.ClosedAt: not null } => [],
            _ => new HandoffClosed(CareRules.Time(state, now), state.Accepted!.Id),
        };
}

internal static class AfterthoughtRules
{
    /// <summary>Who gave the last accepted hand-over, or sent it in, within the hours in which one still remembers.</summary>
    public static Refusal? NotYours(Care state, Situation now) =>
        state.Accepted switch
        {
            { } accepted when !accepted.IsOf(now.By.Staff.Id) => Refusal.NotPermitted(
                "not-your-handoff",
                "Only who gave the hand-over adds to it. Write a note instead."
            ),
            { } accepted when now.Now - accepted.At > AcceptedHandoff.LooksBack => new(
                "handoff-long-ago",
                "That hand-over was accepted long ago. Write a note instead."
            ),
            null => new("handoff-not-accepted", "No hand-over of this patient has been accepted yet."),
            _ => null,
        };
}
