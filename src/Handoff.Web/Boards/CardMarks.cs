using Handoff.Domain.Boards;
using Handoff.Domain.Units;

namespace Handoff.Web.Boards;

/// <summary>How cards are ordered and counted; board.ts goes on by the same rules.</summary>
public static class CardMarks
{
    /// <summary>What a card is counted and filtered by, besides what the clock says of it: <c>away</c>, <c>close</c>, <c>breathing</c>.</summary>
    public static string Tags(this BoardCard card) => string.Join(' ', new[]
    {
        card.Away is null ? null : "away",
        card.Level?.IsContinuous() == true ? "close" : null,
        IsBreathingUnseen(card) ? "breathing" : null,
    }.OfType<string>());

    public static bool IsBreathingUnseen(BoardCard card) => card.LastSeen is { BreathingSeen: false };

    /// <summary>Worse first, closer observation first, then along the ward.</summary>
    public static IEnumerable<BoardCard> ByRisk(this IEnumerable<BoardCard> cards, IReadOnlyList<string> beds) =>
        cards.OrderByDescending(card => card.Risk).ThenByDescending(card => card.Level).ThenBy(card => beds.Position(card.Bed)).ThenBy(card => card.Bed, StringComparer.Ordinal);

    /// <summary>Where a bed stands in the ward's own order; unknown beds and none come last.</summary>
    public static int Position(this IReadOnlyList<string> beds, string? bed) =>
        beds.Index().Where(one => one.Item == bed).Select(one => one.Index).FirstOrDefault(beds.Count);
}
