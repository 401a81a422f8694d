using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Timeline;

/// <summary>An event as machines read it.</summary>
/// <param name="Position">Its place in the facility's log; the cursor of whoever reads on.</param>
/// <param name="Type">Its stored name, such as <c>safety_checked</c>.</param>
/// <param name="Stream">What it happened to, such as <c>rounding-</c> and the stay's id.</param>
/// <param name="Version">Its number on that stream.</param>
/// <param name="RecordedAt">When it was written down (UTC); <paramref name="OccurredAt"/> is when it happened, on the unit's clock.</param>
/// <param name="Unit">Where it happened; null for what concerns the whole facility.</param>
/// <param name="Stays">Whom it concerns.</param>
/// <param name="Data">The event's own facts. Fields may be added; none is renamed.</param>
public sealed record FeedEvent(
    long Position,
    Guid Id,
    string Type,
    string Stream,
    long Version,
    DateTimeOffset RecordedAt,
    DateTimeOffset OccurredAt,
    string? Unit,
    IReadOnlyList<Guid> Stays,
    FeedActor By,
    JsonNode Data
);

/// <summary>Who wrote it down.</summary>
public sealed record FeedActor(string Id, string Name, Role Role);

/// <param name="Next">Ask again after this position. It moves on also over events of units that are not the caller's.</param>
public sealed record EventPage(IReadOnlyList<FeedEvent> Events, long Next);

/// <summary>The facility's events in the order of its log, for a machine that keeps up with them.</summary>
public sealed class EventFeed(LogReader reader, EventTypeRegistry names, AccessLog reads)
{
    public const int Most = 500;

    /// <summary>How often whoever waits looks without having been told.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    /// <summary>For the follower: there is something new.</summary>
    public Task Tell(string facility, IReadOnlyList<StoredEvent> page, CancellationToken cancel)
    {
        if (waiting.TryRemove(facility, out var told))
        {
            told.TrySetResult();
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Events of the caller's units after a position; every patient in them is recorded as read before they are answered.
    /// </summary>
    public async Task<EventPage> After(Caller caller, long position, int most, CancellationToken cancel)
    {
        var (events, next) = (new List<FeedEvent>(), position);
        await foreach (var logged in reader.After(caller.Facility, position, most, cancel))
        {
            next = logged.Position;
            if (logged.Recorded.Envelope.Unit is null ? caller.Actor.Units is null : caller.Actor.WorksOn(logged.Recorded.Envelope.Unit))
            {
                events.Add(Describe(logged));
            }
        }

        if (events.SelectMany(e => e.Stays).Distinct().ToList() is { Count: > 0 } stays)
        {
            await reads.Record(caller, Access.AccessPurpose.Export, null, stays, cancel);
        }

        return new(events, next);
    }

    /// <summary>The same, but where there is nothing yet the answer waits for the first, for so long at most.</summary>
    public async Task<EventPage> Wait(
        Caller caller,
        long position,
        int most,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var until = clock.GetUtcNow() + patience;
        while (true)
        {
            var news = waiting.GetOrAdd(caller.Facility, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
            var page = await After(caller, position, most, cancel);
            var left = until - clock.GetUtcNow();
            if (page.Events.Count > 0 || left <= TimeSpan.Zero)
            {
                return page;
            }

            position = page.Next;
            await Task.WhenAny(news.Task, Task.Delay(left < Look ? left : Look, clock, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    public Task<long> Head(string facility, CancellationToken cancel) => reader.Head(facility, cancel);

    private FeedEvent Describe(StoredEvent logged)
    {
        var (recorded, envelope) = (logged.Recorded, logged.Recorded.Envelope);
        return new(
            logged.Position,
            recorded.Id,
            names.NameOf(recorded.Event),
            recorded.Stream,
            logged.Version,
            recorded.At,
            recorded.Event.OccurredAt,
            envelope.Unit,
            envelope.Stays ?? [],
            new(recorded.By.Id, recorded.By.Name, recorded.By.Role),
            JsonNode.Parse(EventTypeRegistry.Encode(recorded.Event))!
        );
    }
}
