using Handoff.Api.Boards;
using Handoff.Api.Store;
using Handoff.Domain.Boards;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using Microsoft.AspNetCore.SignalR;

namespace Handoff.Api.Live;

/// <summary>
/// Pushes each card that changed to everybody who watches its unit, and says when the unit's tasks did (<c>TasksChanged</c>). Several
/// changes of one card on one page of the log are one push.
/// </summary>
public sealed class BoardPush(IHubContext<BoardHub> hub, BoardReader boards, CardWriter writer, Watchers watchers, Log log)
{
    public async Task Push(string facility, IReadOnlyList<StoredEvent> page, CancellationToken cancel)
    {
        var moved = page.Where(IsMove).SelectMany(Concerned).ToHashSet();
        var changed = page.SelectMany(Concerned).Concat(await Elsewhere(facility, page, cancel)).ToHashSet();
        var whole = moved
            .Select(m => m.Unit)
            .Concat(page.Where(logged => logged.Recorded.Event is ChargeTaken).Select(logged => logged.Recorded.Key))
            .ToHashSet();
        foreach (var unit in changed.Select(c => c.Unit).Union(whole))
        {
            if (watchers.Audiences(facility, unit) is not { Count: > 0 } audiences)
            {
                continue;
            }

            var stays = changed.Where(c => c.Unit == unit).Select(c => c.Stay).ToList();
            var read = whole.Contains(unit)
                ? await All(facility, unit, stays, page[^1].Position, cancel)
                : await boards.Cards(facility, unit, stays, cancel);
            if (read is not var (cards, asOf, configured))
            {
                continue;
            }

            foreach (var card in cards.Where(c => !c.IsGone && moved.Contains((unit, c.Stay))))
            {
                await watchers.RecordArrival(facility, unit, card.Stay, cancel);
            }

            foreach (var audience in audiences)
            {
                await Push(audience, configured, asOf, cards, cancel);
            }
        }

        foreach (var unit in page.Where(IsTask).Select(logged => logged.Recorded.Envelope.Unit).OfType<string>().Distinct())
        {
            await hub
                .Clients.Group(BoardHub.Group(facility, unit, isHallwaySafe: false))
                .SendAsync("TasksChanged", new TasksChanged(unit), cancel);
        }
    }

    // Who shares a bed with whom, and who is in charge, follow from all of the unit: then each card there may be another, although nothing
    // happened to its patient.
    private async Task<(IReadOnlyList<BoardCard> Cards, DateTimeOffset AsOf, Unit Unit)?> All(
        string facility,
        string unit,
        List<Guid> changed,
        long position,
        CancellationToken cancel
    ) =>
        await boards.Read(facility, unit, cancel) is not { } read
            ? null
            : (
                [
                    .. changed.Select(read.Board.Card),
                    .. read
                        .Board.Cards.Where(c => !changed.Contains(c.Stay))
                        .Select(c => c with { Version = Math.Max(c.Version, position) }),
                ],
                read.Board.AsOf,
                read.Unit
            );

    private async Task Push(Audience audience, Unit unit, DateTimeOffset now, IReadOnlyList<BoardCard> cards, CancellationToken cancel)
    {
        var clients = hub.Clients.Group(audience.Group);
        if (audience.View == CardView.Data)
        {
            foreach (var card in cards)
            {
                await clients.SendAsync("CardChanged", audience.IsHallwaySafe ? WallCard.FromCard(card) : card, cancel);
            }

            return;
        }

        foreach (var card in await writer.Write(audience, unit, now, cards))
        {
            await clients.SendAsync("CardShown", card, cancel);
        }
    }

    // What is about a patient but on a stream of its own may have happened on the unit that they have left meanwhile.
    private async Task<List<(string Unit, Guid Stay)>> Elsewhere(string facility, IReadOnlyList<StoredEvent> page, CancellationToken cancel)
    {
        var there = new List<(string, Guid)>();
        foreach (var stay in page.Where(IsOnItsOwn).SelectMany(logged => logged.Recorded.Envelope.Stays ?? []).Distinct())
        {
            if ((await log.State<Stay>(facility, stay.ToString(), cancel)).OnUnit() is { } unit)
            {
                there.Add((unit, stay));
            }
        }

        return there;
    }

    private static bool IsMove(StoredEvent logged) =>
        logged.Recorded.Event is Admitted or AdmissionCancelled or Transferred or TransferCancelled or Discharged or DischargeCancelled;

    private static bool IsOnItsOwn(StoredEvent logged) =>
        StreamId.Kind(logged.Recorded.Stream) is var kind && kind != StateKind<Stay>.Name && kind != StateKind<Rounding>.Name;

    private static bool IsTask(StoredEvent logged) => StreamId.Is(logged.Recorded.Stream, StateKind<CareTask>.Name);

    // The unit where it happened and, after a move, the one where the patient is now.
    private static IEnumerable<(string Unit, Guid Stay)> Concerned(StoredEvent logged)
    {
        var envelope = logged.Recorded.Envelope;
        return from unit in new[] { envelope.Unit, MovedTo(logged.Recorded.Event) }.OfType<string>()
            from stay in envelope.Stays ?? []
            select (unit, stay);
    }

    private static string? MovedTo(Event happened) =>
        happened switch
        {
            Domain.Stays.Transferred e => e.Unit,
            TransferCancelled e => e.Unit,
            RoundingMoved e => e.Unit,
            Domain.Status.StatusPlaced e => e.Unit,
            CareMoved e => e.Unit,
            _ => null,
        };
}
