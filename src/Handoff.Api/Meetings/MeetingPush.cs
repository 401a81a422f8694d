using Handoff.Api.Live;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Microsoft.AspNetCore.SignalR;

namespace Handoff.Api.Meetings;

/// <summary>
/// Says to everybody who watches a unit that something about its meeting changed (<c>MeetingChanged</c>): it was opened or closed, a
/// patient reviewed, something decided, or what became of it.
/// </summary>
public sealed class MeetingPush(IHubContext<BoardHub> hub, Log log)
{
    private static readonly HashSet<string> Kinds = [StateKind<Meeting>.Name, StateKind<CaseReview>.Name];

    public async Task Push(string facility, IReadOnlyList<StoredEvent> page, CancellationToken cancel)
    {
        var units = new HashSet<string>();
        foreach (var fact in page.Select(logged => logged.Recorded).Where(IsOfMeeting))
        {
            _ = (fact.Envelope.Unit ?? await Where(facility, fact, cancel)) is { } unit && units.Add(unit);
        }

        foreach (var unit in units)
        {
            await hub
                .Clients.Group(BoardHub.Group(facility, unit, isHallwaySafe: false))
                .SendAsync("MeetingChanged", new MeetingChanged(unit), cancel);
        }
    }

    private static bool IsOfMeeting(EventEnvelope fact) =>
        Kinds.Contains(StreamId.Kind(fact.Stream))
        || (StreamId.Is(fact.Stream, StateKind<CareTask>.Name) && fact.Envelope.Stays is [_, ..]);

    // What is said about a patient is on no unit; they are.
    private async Task<string?> Where(string facility, EventEnvelope fact, CancellationToken cancel) =>
        (await log.State<Stay>(facility, fact.Key, cancel)).OnUnit();
}
