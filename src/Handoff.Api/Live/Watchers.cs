using System.Collections.Concurrent;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Handoff.Api.Live;

/// <summary>
/// Who watches from this node. Every few seconds each of them is looked up again: whose account, role or unit has gone is cut off,
/// and reconnects to whatever they may still see.
/// </summary>
public sealed class Watchers(Callers callers, AccessLog reads, TimeProvider clock, ILogger<Watchers> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Watching> watching = new();

    public int Count => watching.Count;

    /// <summary>
    /// Who watches a unit from this node, each kind of them once. Whoever begins to watch is counted before they read the board.
    /// </summary>
    public IReadOnlyCollection<Audience> Audiences(string facility, string unit) =>
        watching.Values.Select(w => w.Units.GetValueOrDefault(unit)).OfType<Audience>().Where(a => a.Facility == facility).ToHashSet();

    public void Add(HubCallerContext context, Audience audience)
    {
        var watches = watching.GetOrAdd(context.ConnectionId, _ => new(context, Origin.FromRequest(context.GetHttpContext()!)));
        watches.Units[audience.Unit] = audience;
    }

    /// <returns>As whom they watched the unit; null if they did not.</returns>
    public Audience? Remove(HubCallerContext context, string unit) =>
        watching.TryGetValue(context.ConnectionId, out var watches) && watches.Units.TryRemove(unit, out var audience) ? audience : null;

    public void Remove(HubCallerContext context) => watching.TryRemove(context.ConnectionId, out _);

    /// <summary>Whoever watches the unit by name is about to see a patient who was not there when they began to watch.</summary>
    public async Task RecordArrival(string facility, string unit, Guid stay, CancellationToken cancel)
    {
        foreach (
            var watches in watching.Values.Where(w => w.Units.GetValueOrDefault(unit) is { IsHallwaySafe: false, View: not CardView.News })
        )
        {
            if (await callers.ForUser(watches.Context.User!, watches.Origin, cancel) is { } caller && caller.Facility == facility)
            {
                await reads.Record(caller, AccessPurpose.Board, unit, [stay], cancel);
            }
        }
    }

    /// <summary>Cuts off whoever may no longer see what they watch.</summary>
    public async Task LookAgain(CancellationToken cancel)
    {
        foreach (var watches in watching.Values)
        {
            var caller = await callers.ForUser(watches.Context.User!, watches.Origin, cancel);
            if (
                caller is null
                || watches.Units.Values.Any(audience => Audience.ForCaller(caller, audience.Unit, audience.View) != audience)
            )
            {
                watches.Context.Abort();
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryLookAgain(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    // Whoever can't be looked up now is looked up at the next round: a lost database must not end the whole service.
    private async Task TryLookAgain(CancellationToken cancel)
    {
        try
        {
            await LookAgain(cancel);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or LogUnavailableException)
        {
            logger.LogWarning("Those who watch could not be looked up again: {Failure}", failure.GetType().Name);
        }
    }

    private sealed record Watching(HubCallerContext Context, Origin Origin)
    {
        public ConcurrentDictionary<string, Audience> Units { get; } = new();
    }
}
