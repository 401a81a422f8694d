using System.Collections.Concurrent;
using System.Threading.Channels;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// Reads every facility's log on this node as it grows, in order, and hands it on. It hears of commits from this node at once and from
/// others by NOTIFY; both are hints only: what it reads is what is there after its position, and once a second it looks without a hint.
/// </summary>
public sealed class Follower(NpgsqlDataSource source, Log log, LogReader reader, ILogger<Follower> logger) : BackgroundService
{
    private const string Hints = "handoff";
    private const int Page = 500;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Followed> facilities = new();
    private readonly ConcurrentDictionary<string, bool> unannounced = new();
    private readonly SemaphoreSlim toAnnounce = new(0);
    private Func<string, IReadOnlyList<Logged>, CancellationToken, Task>[] readers = [];

    /// <summary>Hands each page of new events to this reader too. To be called before the follower starts.</summary>
    public void HandTo(Func<string, IReadOnlyList<Logged>, CancellationToken, Task> reader) => readers = [.. readers, reader];

    /// <summary>Up to where this node has followed a facility.</summary>
    public long Position(string facility) => facilities.TryGetValue(facility, out var followed) ? followed.Position : 0;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        log.OnCommit(facility =>
        {
            Wake(facility);
            if (unannounced.TryAdd(facility, true))
            {
                toAnnounce.Release();
            }
        });
        var known = await Heads(stoppingToken);
        foreach (var (facility, position) in known)
        {
            Follow(facility, position, stoppingToken);
        }

        await Task.WhenAll(Listen(stoppingToken), Announce(stoppingToken), LookOut(stoppingToken));
    }

    private void Wake(string facility)
    {
        if (facilities.TryGetValue(facility, out var followed))
        {
            followed.Wake();
        }
    }

    private void Follow(string facility, long from, CancellationToken cancel)
    {
        var followed = new Followed(from);
        if (facilities.TryAdd(facility, followed))
        {
            _ = Task.Run(() => Read(facility, followed, cancel), cancel);
        }
    }

    private async Task Read(string facility, Followed followed, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await followed.Woken(cancel);
                while (await ReadPage(facility, followed, cancel) == Page)
                {
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                logger.LogWarning("Following {Facility} failed after position {Position}: {Failure}", facility, followed.Position, failure.GetType().Name);
                await Task.Delay(Look, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                followed.Wake();
            }
        }
    }

    private async Task<int> ReadPage(string facility, Followed followed, CancellationToken cancel)
    {
        var page = new List<Logged>();
        await foreach (var logged in reader.After(facility, followed.Position, Page, cancel))
        {
            log.Forget(facility, logged.Recorded.Stream, logged.Version);
            page.Add(logged);
        }

        if (page.Count > 0)
        {
            foreach (var handTo in readers)
            {
                await handTo(facility, page, cancel);
            }

            followed.Position = page[^1].Position;
        }

        return page.Count;
    }

    private async Task Listen(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancel);
                connection.Notification += (_, heard) => Wake(heard.Payload);
                await using (var listen = new NpgsqlCommand($"listen {Hints}", connection))
                {
                    await listen.ExecuteNonQueryAsync(cancel);
                }

                while (true)
                {
                    await connection.WaitAsync(cancel);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost)
            {
                logger.LogWarning("The connection that listens for other nodes was lost ({Failure}); looking once a second meanwhile", lost.GetType().Name);
                await Task.Delay(Look, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // NOTIFY inside the appending transactions would make all facilities' commits wait for one database-wide lock;
    // outside it may be lost with the node, and then the look once a second finds the events.
    private async Task Announce(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await toAnnounce.WaitAsync(cancel);
                await using var command = source.CreateCommand("select pg_notify($1, f) from unnest($2) f");
                command.Parameters.Add(new() { Value = Hints });
                command.Parameters.Add(new() { Value = unannounced.Keys.Where(f => unannounced.TryRemove(f, out _)).ToArray() });
                await command.ExecuteNonQueryAsync(cancel);
                await Task.Delay(5, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
            {
                logger.LogWarning("Other nodes could not be told of new events ({Failure}); they look once a second", lost.GetType().Name);
                await Task.Delay(Look, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task LookOut(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync(cancel).AsTask().ContinueWith(t => t is { IsCompletedSuccessfully: true, Result: true }, TaskScheduler.Default))
        {
            foreach (var (facility, position) in await Heads(cancel))
            {
                if (!facilities.TryGetValue(facility, out var followed))
                {
                    Follow(facility, 0, cancel);
                    Wake(facility);
                }
                else if (followed.Position < position)
                {
                    followed.Wake();
                }
            }
        }
    }

    private async Task<Dictionary<string, long>> Heads(CancellationToken cancel)
    {
        try
        {
            return await reader.Heads(cancel);
        }
        catch (Exception lost) when (lost is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return [];
        }
    }

    private sealed class Followed(long from)
    {
        private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        private long position = from;

        public long Position
        {
            get => Interlocked.Read(ref position);
            set => Interlocked.Exchange(ref position, value);
        }

        public void Wake() => woken.Writer.TryWrite(true);

        public async Task Woken(CancellationToken cancel) => await woken.Reader.ReadAsync(cancel);
    }
}
