using Handoff.Api.Live;
using Handoff.Api.Store;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.SignalR;

namespace Handoff.Api.Handoffs;

/// <summary>
/// Says to everybody who watches a unit that somebody came on or went off one of its shifts, or that its huddle went on
/// (<c>ShiftChanged</c>), with the patient of whom it speaks.
/// </summary>
public sealed class ShiftPush(IHubContext<BoardHub> hub, Log log)
{
    public async Task Push(string facility, IReadOnlyList<StoredEvent> page, CancellationToken cancel)
    {
        var shifts = page.Select(logged => logged.Recorded.Stream)
            .Where(stream => StreamId.Is(stream, StateKind<Shift>.Name))
            .Select(StreamId.Key)
            .Distinct();
        foreach (var key in shifts)
        {
            var (unit, huddle) = (ShiftKey.Unit(key)!, (await log.State<Shift>(facility, key, cancel)).Huddle);
            await hub
                .Clients.Group(BoardHub.Group(facility, unit, isHallwaySafe: false))
                .SendAsync("ShiftChanged", new ShiftChanged(unit, huddle?.Stay), cancel);
        }
    }
}
