using Handoff.Api.Store;
using Handoff.Domain.Boards;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Units;

namespace Handoff.Api.Handoffs;

/// <summary>Adds to a board's cards who has each patient, and how much is new to them.</summary>
public sealed class CardCares(Log log, HandoffNews newly)
{
    public async Task<List<BoardCard>> Add(string facility, Unit unit, List<BoardCard> cards, IEnumerable<Saved> saved, CancellationToken cancel)
    {
        var charge = await log.State<Charge>(facility, unit.Id, cancel);
        var news = await newly.Of(facility, saved.Select(s => s.State).OfType<Care>(), cancel);
        return Add(unit, charge, cards, saved, news);
    }

    /// <summary>As it stood: without what was new then.</summary>
    internal static List<BoardCard> Add(Unit unit, Charge charge, List<BoardCard> cards, IEnumerable<Saved> saved, Dictionary<Guid, int>? news)
    {
        var cares = saved.Where(s => s.State is Care).ToDictionary(s => ((Care)s.State).Stay);
        return [.. cards.Select(c => cares.GetValueOrDefault(c.Stay) is not { } care ? c : c with
        {
            Care = CardCare.Of((Care)care.State, charge, unit, news?.GetValueOrDefault(c.Stay)), Version = Math.Max(c.Version, care.Position),
        })];
    }
}
