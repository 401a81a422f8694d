using System.Collections.Concurrent;
using System.Diagnostics;
using Handoff.Domain.Kernel;
using Marten;
using Microsoft.Extensions.Logging.Abstractions;

namespace Handoff.Api.Store;

/// <summary>
/// What has to be done without anybody asking: reactions of one slice to another, and deadlines that lapse. What is sent carries ids that
/// follow from the event or the deadline, so doing it twice does it once.
/// </summary>
public sealed class DeadlineRunner
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // While a facility is busy its log is looked at so often, and its deadlines so often: not with every commit.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> wake = new();
    private readonly EventStore store;
    private readonly LogReader reader;
    private readonly ReactionRunner reactor;
    private readonly ReactionFeed feed;
    private readonly Deadlines deadlines;
    private readonly ILogger<DeadlineRunner> logger;

    public DeadlineRunner(
        EventStore store,
        Log log,
        LogReader reader,
        StateReader states,
        Reactions reactions,
        TimeProvider clock,
        ILogger<DeadlineRunner> logger
    )
    {
        (this.store, this.reader, this.logger) = (store, reader, logger);
        reactor = new(log, reader, reactions, NullLogger<ReactionRunner>.Instance);
        feed = new(store, reader, reactions);
        deadlines = new(store, log, states, clock, logger);
        log.OnCommit(Wake);
    }

    /// <summary>
    /// Does everything that is due in a facility now, here and without waiting for anything: for what is filled, imported or rehearsed.
    /// </summary>
    public async Task DoNow(string facility, CancellationToken cancel)
    {
        while (await React(facility, cancel) | await deadlines.Lapse(facility, cancel)) { }

        await feed.Save(facility, Settle, cancel);
    }

    /// <summary>There is something new in a facility's log.</summary>
    public void Wake(string facility)
    {
        var semaphore = wake.GetOrAdd(facility, _ => new(0));
        if (semaphore.CurrentCount == 0)
        {
            semaphore.Release();
        }
    }

    /// <summary>Hands on what reactions owe, and lets deadlines lapse, for some facilities until it is told to stop.</summary>
    /// <param name="isMine">Whose duties these are.</param>
    /// <param name="hand">Takes over what reactions owe.</param>
    internal async Task Serve(Func<string, bool> isMine, Func<Owed, CancellationToken, Task> hand, CancellationToken stop)
    {
        var running = new Dictionary<string, Task>();
        while (!stop.IsCancellationRequested)
        {
            foreach (var facility in (await Facilities(stop)).Where(f => isMine(f) && !running.ContainsKey(f)))
            {
                running[facility] = Task.Run(() => Serve(facility, hand, stop), CancellationToken.None);
            }

            await Task.Delay(Look, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running.Values);
    }

    private async Task Serve(string facility, Func<Owed, CancellationToken, Task> hand, CancellationToken stop)
    {
        feed.Forget(facility);
        var lapsed = 0L;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                while (await feed.Next(facility, hand, stop) | await Lapse())
                {
                    await Task.Delay(Gather, stop);
                }

                await wake.GetOrAdd(facility, _ => new(0)).WaitAsync(Look, stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                logger.LogWarning("Duties of {Facility} were interrupted: {Failure}", facility, failure.GetType().Name);
                await Task.Delay(Look, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        async Task<bool> Lapse()
        {
            if (lapsed != 0 && Stopwatch.GetElapsedTime(lapsed) < Between)
            {
                return false;
            }

            var hasLapsed = await deadlines.Lapse(facility, stop);
            lapsed = hasLapsed ? 0 : Stopwatch.GetTimestamp();
            return hasLapsed;
        }
    }

    private async Task<bool> React(string facility, CancellationToken cancel)
    {
        var hasMoved = true;
        return await feed.Next(facility, async (owed, token) => hasMoved = await Settle(owed, token), cancel) && hasMoved;
    }

    /// <summary>
    /// Does what is owed here and now. A reaction that fails stays owed, with what comes after it; other reactions go on.
    /// </summary>
    /// <returns>Whether any of them got further.</returns>
    internal async Task<bool> Settle(Owed owed, CancellationToken cancel)
    {
        var failed = (await Task.WhenAll(owed.Reactions.GroupBy(r => r.Stream).Select(s => Failed(s, cancel))))
            .SelectMany(f => f)
            .GroupBy(f => f.Reaction)
            .ToDictionary(f => f.Key, f => f.Min(r => r.Position) - 1);
        var before = await feed.Checkpoints(owed.Facility, cancel);
        var reached = owed
            .Reached.Select(c => failed.TryGetValue(c.Id, out var position) ? c with { Position = position } : c)
            .Where(c => c.Position > before[c.Id])
            .ToList();
        await using var session = store.Marten.LightweightSession(owed.Facility);
        session.Store<ReactionCheckpoint>(reached);
        await session.SaveChangesAsync(cancel);
        return reached.Count > 0;
    }

    private async Task<List<ReactTo>> Failed(IEnumerable<ReactTo> stream, CancellationToken cancel)
    {
        var failed = new List<ReactTo>();
        foreach (var owed in stream)
        {
            try
            {
                await reactor.React(owed, cancel);
            }
            catch (Exception failure) when (failure is not (LogUnavailableException or OperationCanceledException))
            {
                logger.LogError(
                    "{Reaction} failed on the event at {Position}: {Failure}",
                    owed.Reaction,
                    owed.Position,
                    failure.GetType().Name
                );
                failed.Add(owed);
            }
        }

        return failed;
    }

    private async Task<IEnumerable<string>> Facilities(CancellationToken cancel)
    {
        try
        {
            return (await reader.Heads(cancel)).Keys;
        }
        catch (Exception)
        {
            // The database is away, or we are stopping; it is asked again in a second.
            return [];
        }
    }
}
