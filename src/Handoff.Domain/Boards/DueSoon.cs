using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Boards;

/// <summary>Something that has a time: of a patient, or of the unit.</summary>
/// <param name="Link">Where it is done.</param>
public sealed record DueSoon(DateTimeOffset At, Guid? Stay, string Words, string Link)
{
    /// <summary>All that has a time before <paramref name="until"/>, by time.</summary>
    /// <param name="states">Everything that is known of the unit.</param>
    /// <param name="cards">The patients who are asked about.</param>
    public static List<DueSoon> FromStates(
        IReadOnlyCollection<State> states,
        IReadOnlyCollection<BoardCard> cards,
        UnitTime time,
        DateTimeOffset until
    )
    {
        var asked = cards.Select(c => c.Stay).ToHashSet();
        return
        [
            .. states
                .SelectMany(s => s.OpenLoops())
                .Where(l => l.Stay is { } stay && asked.Contains(stay) && l.Due <= until)
                .Select(l => new DueSoon(time.Local(l.Due!.Value), l.Stay, l.Words, l.Link))
                .Concat(cards.SelectMany(card => OfCard(card, time, until)))
                .Concat(Groups(states.OfType<Group>(), time, until))
                .DistinctBy(d => (d.At, d.Stay, d.Words))
                .OrderBy(d => d.At)
                .ThenBy(d => d.Words, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<DueSoon> OfCard(BoardCard card, UnitTime time, DateTimeOffset until)
    {
        var page = $"/stays/{card.Stay}";
        if (card.LevelUntil <= until)
        {
            yield return new(time.Local(card.LevelUntil.Value), card.Stay, $"order for {card.LevelName} runs out", $"{page}/level");
        }

        // Whoever is late is an open point already.
        if (card.Away is { IsOverdue: false } && card.Away.ExpectedReturn <= until)
        {
            yield return new(time.Local(card.Away.ExpectedReturn.Value), card.Stay, $"expected back: {card.Away.Reason}", page);
        }

        foreach (var precaution in card.Status?.Precautions.Where(p => p.ReviewBy <= until && !p.IsReviewOverdue) ?? [])
        {
            yield return new(time.Local(precaution.ReviewBy), card.Stay, $"review {precaution.Words} precautions", page);
        }
    }

    // A group that has begun is on; it is not due any more.
    private static IEnumerable<DueSoon> Groups(IEnumerable<Group> groups, UnitTime time, DateTimeOffset until) =>
        groups
            .Where(g => g.Starts <= until && g.StartedAt is null && !g.IsCancelled() && g.Ends > until - MyPatients.Soon)
            .Select(g => new DueSoon(
                time.Local(g.Starts),
                null,
                $"group: {g.Topic}{(g.Room is { } room ? $", {room}" : "")}",
                $"/units/{g.Unit}/groups/{g.Id}"
            ));
}
