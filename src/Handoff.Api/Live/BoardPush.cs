using Handoff.Api.Boards;
using Handoff.Api.Store;
using Handoff.Domain.Boards;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Microsoft.AspNetCore.SignalR;

namespace Handoff.Api.Live;

/// <summary>Pushes each card that changed to everybody who watches its unit, and says when the unit's tasks did (<c>TasksChanged</c>). Several changes of one card on one page of the log are one push.</summary>
public sealed class BoardPush(IHubContext<BoardHub> hub, BoardReader boards, Watchers watchers, Log log)
{
    public async Task Push(string facility, IReadOnlyList<Logged> page, CancellationToken cancel)
    {
        var moved = page.Where(logged => logged.Recorded.Event is Admitted or AdmissionCancelled or Transferred or TransferCancelled or Discharged or DischargeCancelled)
            .SelectMany(Concerned).ToHashSet();
        foreach (var (unit, stay) in page.SelectMany(Concerned).Concat(await Elsewhere(facility, page, cancel)).Distinct())
        {
            var card = await boards.Card(facility, unit, stay, cancel);
            if (moved.Contains((unit, stay)) && !card.IsGone)
            {
                await watchers.RecordArrival(facility, unit, stay, cancel);
            }

            await Push(facility, unit, card, cancel);
        }

        foreach (var unit in moved.Select(m => m.Unit).Distinct())
        {
            await PushNeighbours(facility, unit, page[^1].Position, cancel);
        }

        foreach (var unit in page.Where(IsTask).Select(logged => logged.Recorded.Envelope.Unit).OfType<string>().Distinct())
        {
            await hub.Clients.Group(BoardHub.Group(facility, unit, isHallwaySafe: false)).SendAsync("TasksChanged", new { unit }, cancel);
        }
    }

    // Who shares a bed with whom follows from all of the unit, so after a move each card there may be another, although nothing happened to its patient.
    private async Task PushNeighbours(string facility, string unit, long position, CancellationToken cancel)
    {
        foreach (var card in (await boards.Of(facility, unit, cancel))?.Cards ?? [])
        {
            await Push(facility, unit, card with { Version = Math.Max(card.Version, position) }, cancel);
        }
    }

    // What is about a patient but on a stream of its own may have happened on the unit that they have left meanwhile.
    private async Task<List<(string Unit, Guid Stay)>> Elsewhere(string facility, IReadOnlyList<Logged> page, CancellationToken cancel)
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

    private static bool IsOnItsOwn(Logged logged) => StreamId.Kind(logged.Recorded.Stream) is var kind && kind != StateKind<Stay>.Name && kind != StateKind<Rounding>.Name;

    private static bool IsTask(Logged logged) => StreamId.Kind(logged.Recorded.Stream) == StateKind<CareTask>.Name;

    private async Task Push(string facility, string unit, BoardCard card, CancellationToken cancel)
    {
        await hub.Clients.Group(BoardHub.Group(facility, unit, isHallwaySafe: false)).SendAsync("CardChanged", card, cancel);
        await hub.Clients.Group(BoardHub.Group(facility, unit, isHallwaySafe: true)).SendAsync("CardChanged", card.HallwaySafe(), cancel);
    }

    // The unit where it happened and, after a move, the one where the patient is now.
    private static IEnumerable<(string Unit, Guid Stay)> Concerned(Logged logged)
    {
        var envelope = logged.Recorded.Envelope;
        return from unit in new[] { envelope.Unit, MovedTo(logged.Recorded.Event) }.OfType<string>() from stay in envelope.Stays ?? [] select (unit, stay);
    }

    private static string? MovedTo(Event happened) => happened switch
    {
        Domain.Stays.Transferred e => e.Unit,
        TransferCancelled e => e.Unit,
        RoundingMoved e => e.Unit,
        Domain.Status.StatusPlaced e => e.Unit,
        CareMoved e => e.Unit,
        _ => null,
    };
}
