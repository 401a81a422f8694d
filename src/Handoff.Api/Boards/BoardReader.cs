using Handoff.Api.Groups;
using Handoff.Api.Handoffs;
using Handoff.Api.Incidents;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Api.Units;
using Handoff.Domain.Boards;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Api.Boards;

/// <summary>Reads boards: as they are from the saved states, as they were from the log.</summary>
public sealed class BoardReader(
    UnitReader units,
    StayEvents events,
    Log log,
    LogReader reader,
    BoardStates boards,
    IncidentReader incidents,
    WorkReader work,
    HandoffNews newly,
    GroupReader groups,
    PastStates past,
    TimeProvider clock
) : IBoardOrder
{
    /// <summary>Whether there is such a unit.</summary>
    public Task<bool> Has(string facility, string unit, CancellationToken cancel) => units.Has(facility, unit, cancel);

    /// <summary>The unit's board now; null if there is no such unit.</summary>
    public async Task<Board?> ForUnit(string facility, string unit, CancellationToken cancel) =>
        (await Read(facility, unit, cancel))?.Board;

    /// <summary>The unit's board now, with the states that it was made of; null if there is no such unit.</summary>
    internal async Task<(Board Board, OnBoard On, Unit Unit)?> Read(string facility, string unit, CancellationToken cancel)
    {
        var configured = await log.State<Unit>(facility, unit, cancel);
        if (!configured.IsOpen())
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var on = await boards.ForUnit(facility, configured, now, cancel);
        return (BoardCards.Shown(configured, now, on, await newly.Count(facility, on.All<Care>(), on.Latest, cancel)), on, configured);
    }

    public async Task<IReadOnlyList<BoardPerson>?> Patients(string facility, string unit, CancellationToken cancel) =>
        (await ForUnit(facility, unit, cancel))?.Cards.Select(card => new BoardPerson(card.Stay, card.Name, card.Bed)).ToList();

    /// <summary>One card of the unit's board; <see cref="BoardCard.Gone"/> if the patient is not there.</summary>
    public async Task<BoardCard> Card(string facility, string unit, Guid stay, CancellationToken cancel) =>
        (await Cards(facility, unit, [stay], cancel))?.Cards[0] ?? BoardCard.Gone(stay, await reader.Head(facility, cancel));

    /// <summary>
    /// The cards of these patients now, in that order, without the others'; <see cref="BoardCard.Gone"/> for who is not there.
    /// Null if there is no such unit.
    /// </summary>
    internal async Task<(IReadOnlyList<BoardCard> Cards, DateTimeOffset AsOf, Unit Unit)?> Cards(
        string facility,
        string unit,
        IReadOnlyCollection<Guid> stays,
        CancellationToken cancel
    )
    {
        var configured = await log.State<Unit>(facility, unit, cancel);
        if (!configured.IsOpen())
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var on = await boards.ForUnit(facility, configured, now, cancel);
        var news = await newly.Count(facility, on.All<Care>().Where(care => stays.Contains(care.Stay)), on.Latest, cancel);
        var here = BoardCards.Here(configured, on).ToList();
        var cards = BoardCard.MarkShared(
            BoardCards.CardsOf(configured, now, on, news, here.Where(stay => stays.Contains(stay.Id))),
            here.Select(stay => stay.Where()?.Bed)
        );
        var shown = cards.ToList();
        var going = BoardCards.IncidentsOf(configured, on, shown);
        var byStay = shown.ToDictionary(card => card.Stay, card => card.With(going));
        return (
            [.. stays.Select(stay => byStay.GetValueOrDefault(stay) ?? BoardCard.Gone(stay, on.Position))],
            configured.Time().Local(now),
            configured
        );
    }

    /// <summary>
    /// The unit's board as it stood at an instant, with only what had been recorded by then; null if the unit was not open.
    /// </summary>
    public async Task<Board?> AsOf(string facility, string unit, DateTimeOffset at, CancellationToken cancel)
    {
        var stays = await events.MayHaveBeenOn(facility, unit, at, cancel);
        string[] streams =
        [
            StreamId.For(StateKind<Unit>.Name, unit),
            StreamId.For(StateKind<Charge>.Name, unit),
            .. stays.SelectMany(s => EventTypeRegistry.Domain.OfEachStay.Select(k => StreamId.For(k, s))),
            .. await work.Streams(facility, stays, cancel),
            .. await incidents.Candidates(facility, unit, at, cancel),
            .. await groups.StreamsOn(facility, unit, at - Participation.Noticed, at, cancel),
        ];
        var saved = await past.At(facility, streams, at, cancel);
        var configured = (Unit)saved[streams[0]].State;
        var latest = saved
            .Values.Where(s => s.State.OfStay() is not null)
            .GroupBy(s => s.State.OfStay()!.Value)
            .ToDictionary(s => s.Key, s => s.Max(one => one.Position));
        return configured.IsOpen()
            ? BoardCards.Shown(configured, at, new(saved.Values.Max(s => s.Position), [.. saved.Values], latest), null)
            : null;
    }
}
