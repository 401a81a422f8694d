using Handoff.Api.Live;
using Handoff.Api.Store;
using Handoff.Domain.Boards;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.SignalR;

namespace Handoff.Api.Boards;

/// <summary>
/// Tells everybody who watches a unit, as <c>IncidentsChanged</c>, what goes on there now: when an incident is opened, with each step, and
/// when it is over.
/// </summary>
public sealed class IncidentPush(IHubContext<BoardHub> hub, BoardReader boards)
{
    public async Task Push(string facility, IReadOnlyList<StoredEvent> page, CancellationToken cancel)
    {
        foreach (var changed in page.Where(IsOfIncident).GroupBy(logged => (logged.Recorded.Envelope.Unit, logged.Recorded.Key)))
        {
            await Push(facility, changed.Key.Unit!, Guid.Parse(changed.Key.Key), changed.Max(logged => logged.Position), cancel);
        }
    }

    private async Task Push(string facility, string unit, Guid incident, long version, CancellationToken cancel)
    {
        if (await boards.ForUnit(facility, unit, cancel) is { } board)
        {
            await Tell(BoardHub.Group(facility, unit, isHallwaySafe: false), new(unit, incident, version, board.Incidents), cancel);
            await Tell(
                BoardHub.Group(facility, unit, isHallwaySafe: true),
                new(unit, incident, version, Wall.FromBoard(board).Incidents),
                cancel
            );
        }
    }

    private Task Tell(string group, IncidentsChanged changed, CancellationToken cancel) =>
        hub.Clients.Group(group).SendAsync("IncidentsChanged", changed, cancel);

    private static bool IsOfIncident(StoredEvent logged) =>
        logged.Recorded.Envelope.Unit is not null && StreamId.Is(logged.Recorded.Stream, StateKind<Incident>.Name);
}

/// <param name="Incident">The one that changed.</param>
/// <param name="Version">The log position of its latest event.</param>
/// <param name="Incidents">All that go on now; the changed one is not among them when it is over.</param>
public sealed record IncidentsChanged(string Unit, Guid Incident, long Version, IReadOnlyList<BoardIncident> Incidents);
