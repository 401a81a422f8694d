using Handoff.Domain.Boards;
using Handoff.Domain.Units;

namespace Handoff.Web.Boards;

/// <summary>What cards are counted and filtered by; the scripts go on by the same words.</summary>
public static class CardMarks
{
    /// <summary>Besides what the clock makes of a card: <c>away</c>, <c>close</c>, <c>breathing</c>, <c>concern</c>.</summary>
    public static string Tags(this BoardCard card) =>
        string.Join(
            ' ',
            new[]
            {
                card.Away is null ? null : "away",
                card.Level?.IsContinuous() == true ? "close" : null,
                IsBreathingUnseen(card) ? "breathing" : null,
                card.Concern is not null ? "concern" : null,
            }.OfType<string>()
        );

    /// <summary>In a hallway the clock makes nothing of a card: it says itself that it is <c>overdue</c> or <c>late</c>.</summary>
    public static string Tags(this WallCard card) =>
        string.Join(
            ' ',
            new[]
            {
                card.IsAway ? "away" : null,
                card.Level?.IsContinuous() == true ? "close" : null,
                card.IsBreathingUnseen ? "breathing" : null,
                card.HasConcern ? "concern" : null,
                card.IsOverdue ? "overdue" : null,
                card.IsLate ? "late" : null,
            }.OfType<string>()
        );

    /// <summary>The oldest open concern is the one that the breathing alarm itself raised: both are one line.</summary>
    public static bool IsOfBreathing(BoardCard card) =>
        card is { Watch.Breathing: { } breathing, Concern: { Number: 1 } concern }
        && concern.Escalation.ToString() == Domain.Escalations.RaiseFromChecks.OfCheck(breathing.Check);

    public static bool IsBreathingUnseen(BoardCard card) => card.Watch?.Breathing is not null;
}
