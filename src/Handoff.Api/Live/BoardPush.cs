using Handoff.Api.Boards;
using Handoff.Api.Store;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Microsoft.AspNetCore.SignalR;

namespace Handoff.Api.Live;

/// <summary>Pushes each card that changed to everybody who watches its unit. Several changes of one card on one page of the log are one push.</summary>
public sealed class BoardPush(IHubContext<BoardHub> hub, BoardReader boards)
{
    public async Task Push(string facility, IReadOnlyList<Logged> page, CancellationToken cancel)
    {
        foreach (var (unit, stay) in page.SelectMany(Concerned).Distinct())
        {
            await Push(facility, unit, stay, cancel);
        }
    }

    private async Task Push(string facility, string unit, Guid stay, CancellationToken cancel)
    {
        var card = await boards.Card(facility, unit, stay, cancel);
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
        _ => null,
    };
}
