using Handoff.Domain.Boards;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Api.Boards;

/// <summary>Cards and boards from the states that they are made of.</summary>
internal static class BoardCards
{
    /// <param name="news">How much is new to who has each patient; null for a board of the past.</param>
    public static Board Shown(Unit unit, DateTimeOffset at, OnBoard on, IReadOnlyDictionary<Guid, int>? news)
    {
        var cards = CardsOf(unit, at, on, news, Here(unit, on)).ToList();
        var incidents = IncidentsOf(unit, on, cards);
        return Board.ForUnit(unit, at, on.Position, cards.ConvertAll(card => card.With(incidents))) with { Incidents = incidents };
    }

    public static IEnumerable<Stay> Here(Unit unit, OnBoard on) => on.All<Stay>().Where(stay => stay.OnUnit() == unit.Id);

    public static IEnumerable<BoardCard> CardsOf(
        Unit unit,
        DateTimeOffset at,
        OnBoard on,
        IReadOnlyDictionary<Guid, int>? news,
        IEnumerable<Stay> stays
    )
    {
        var (ofStay, sessions) = (
            on.States.Select(s => s.State).Where(s => s.OfStay() is not null).ToLookup(s => s.OfStay()!.Value),
            on.All<Group>().ToList()
        );
        var charge = on.States.FirstOrDefault(s => s.State is Charge) ?? new(new Charge(), 0, 0);
        return stays.Select(stay =>
            BoardCard
                .ForStay(stay, [.. ofStay[stay.Id]], unit.Time(), at, on.Latest.GetValueOrDefault(stay.Id))
                .With(
                    (Charge)charge.State,
                    charge.Position,
                    ofStay[stay.Id].OfType<Care>().FirstOrDefault(),
                    unit,
                    news?.GetValueOrDefault(stay.Id)
                )
                .With(stay, sessions, at)
        );
    }

    public static List<BoardIncident> IncidentsOf(Unit unit, OnBoard on, IReadOnlyCollection<BoardCard> cards) =>
        BoardIncident.FromIncidents(
            on.States.Where(s => s.State is Incident).Select(s => ((Incident)s.State, s.Position)),
            cards,
            unit.Time()
        );
}
