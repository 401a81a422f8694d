using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>The giver was asked whether anything was left out, and said no.</summary>
[Stored("handoff_closed")]
public sealed record HandoffClosed(DateTimeOffset OccurredAt, Guid Handoff) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The giver looked back at {time.Clock(OccurredAt)}: nothing more was left out.";

    public override Amendment Amends() => new(Handoff, IsStruck: false);
}

internal static class AfterthoughtRules
{
    /// <summary>Who gave the last accepted handoff, or sent it in, within the hours in which one still remembers.</summary>
    public static Refusal? NotYours(Care state, DecisionContext now) =>
        state.Accepted switch
        {
            { } accepted when !accepted.IsOf(now.By.Staff.Id) => Refusal.NotPermitted(
                "not-your-handoff",
                "Only who gave the handoff adds to it. Write a note instead."
            ),
            { } accepted when now.Now - accepted.At > AcceptedHandoff.LooksBack => new(
                "handoff-long-ago",
                "That handoff was accepted long ago. Write a note instead."
            ),
            null => new("handoff-not-accepted", "No handoff of this patient has been accepted yet."),
            _ => null,
        };
}
