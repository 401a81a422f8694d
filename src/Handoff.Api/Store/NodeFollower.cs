using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// Reads every facility's log on this node as it grows, in order, and hands it on. It hears of commits from this node at once and from
/// others by NOTIFY; both are hints only: what it reads is what is there after its position, and once a second it looks without a hint.
/// </summary>
public sealed class NodeFollower(EventStore store, Log log, LogReader reader, TimeProvider clock, ILogger<NodeFollower> logger)
    : BackgroundService
{
    private const string Hints = "handoff";
    private const int Page = 500;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Followed> facilities = new();
    private readonly ConcurrentBag<Task> reading = [];
    private readonly ConcurrentDictionary<string, bool> unannounced = new();
    private readonly SemaphoreSlim toAnnounce = new(0);
    private Dictionary<string, long>? start;
    private Func<string, IReadOnlyList<StoredEvent>, CancellationToken, Task>[] readers = [];

    /// <summary>Hands each page of new events to this reader too. To be called before the follower starts.</summary>
    public void HandTo(Func<string, IReadOnlyList<StoredEvent>, CancellationToken, Task> reader) => readers = [.. readers, reader];

    /// <summary>Up to where this node has followed a facility.</summary>
    public long Position(string facility) => facilities.TryGetValue(facility, out var followed) ? followed.Position : 0;

    /// <summary>
    /// Has started when it knows where each facility is: whoever reads a board after that misses nothing that comes later.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            start = await reader.Heads(cancellationToken);
        }
        catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
        {
            logger.LogWarning("The database is away at the start ({Failure})", lost.GetType().Name);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var (facility, position) in start ?? await HeadsAtStart(stoppingToken))
        {
            Follow(facility, position, stoppingToken);
        }

        // Only now is an unknown facility a new one, to be followed from its first event.
        log.OnCommit(facility =>
        {
            Wake(facility, stoppingToken);
            if (unannounced.TryAdd(facility, true))
            {
                toAnnounce.Release();
            }
        });
        await Task.WhenAll(Listen(stoppingToken), Announce(stoppingToken), LookOut(stoppingToken));
        await Task.WhenAll(reading);
    }

    private void Wake(string facility, CancellationToken cancel)
    {
        Follow(facility, 0, cancel);
        facilities[facility].Wake();
    }

    private void Follow(string facility, long from, CancellationToken cancel)
    {
        var followed = new Followed(from);
        if (facilities.TryAdd(facility, followed))
        {
            reading.Add(Task.Run(() => Read(facility, followed, cancel), CancellationToken.None));
        }
    }

    private async Task Read(string facility, Followed followed, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await followed.Woken(cancel);
                while (await ReadPage(facility, followed, cancel) == Page) { }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                logger.LogWarning(
                    "Following {Facility} failed after position {Position}: {Failure}",
                    facility,
                    followed.Position,
                    failure.GetType().Name
                );
                await Task.Delay(Look, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                followed.Wake();
            }
        }
    }

    private async Task<int> ReadPage(string facility, Followed followed, CancellationToken cancel)
    {
        var page = new List<StoredEvent>();
        await foreach (var logged in reader.After(facility, followed.Position, Page, cancel))
        {
            log.Forget(facility, logged.Recorded.Stream, logged.Version);
            page.Add(logged);
        }

        if (page.Count > 0)
        {
            Measures.Follow.Record(Math.Max(0, (clock.GetUtcNow() - page[0].Recorded.At).TotalSeconds));
            var began = Stopwatch.GetTimestamp();
            foreach (var handTo in readers)
            {
                await handTo(facility, page, cancel);
            }

            Measures.Push.Record(Measures.Since(began));
            followed.Position = page[^1].Position;
        }

        return page.Count;
    }

    private Task Listen(CancellationToken cancel) =>
        Persist(
            "Listening for other nodes",
            async () =>
            {
                await using var connection = await store.Source.OpenConnectionAsync(cancel);
                connection.Notification += (_, heard) => Hear(heard.Payload, cancel);
                await using (var listen = new NpgsqlCommand($"listen {Hints}", connection))
                {
                    await listen.ExecuteNonQueryAsync(cancel);
                }

                // Hints that arrived while this node was not listening are lost: it reads the log again instead.
                foreach (var facility in facilities.Keys)
                {
                    log.ForgetAll(facility);
                    Wake(facility, cancel);
                }

                try
                {
                    while (true)
                    {
                        await connection.WaitAsync(cancel);
                    }
                }
                finally
                {
                    // The connection goes back to the pool as it is.
                    await Unlisten(connection);
                }
            },
            cancel
        );

    private static async Task Unlisten(NpgsqlConnection connection)
    {
        if (connection.FullState == System.Data.ConnectionState.Open)
        {
            await using var unlisten = new NpgsqlCommand("unlisten *", connection);
            await unlisten.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private void Hear(string payload, CancellationToken cancel)
    {
        if (payload.StartsWith(Rebuild.Forget, StringComparison.Ordinal))
        {
            log.ForgetAll(payload[Rebuild.Forget.Length..]);
        }
        else
        {
            Wake(payload, cancel);
        }
    }

    // NOTIFY inside the appending transactions would make all facilities' commits wait for one database-wide lock;
    // outside it may be lost with the node, and then the look once a second finds the events.
    private Task Announce(CancellationToken cancel) =>
        Persist(
            "Telling other nodes of new events",
            async () =>
            {
                while (true)
                {
                    await toAnnounce.WaitAsync(cancel);
                    await using var command = store.Source.CreateCommand("select pg_notify($1, f) from unnest($2) f");
                    command.Parameters.Add(new() { Value = Hints });
                    command.Parameters.Add(new() { Value = unannounced.Keys.Where(f => unannounced.TryRemove(f, out _)).ToArray() });
                    await command.ExecuteNonQueryAsync(cancel);
                    await Task.Delay(5, cancel);
                }
            },
            cancel
        );

    private Task LookOut(CancellationToken cancel) =>
        Persist(
            "Looking for new events",
            async () =>
            {
                while (true)
                {
                    await Task.Delay(Look, cancel);
                    foreach (var (facility, position) in await reader.Heads(cancel))
                    {
                        if (Position(facility) < position)
                        {
                            Wake(facility, cancel);
                        }
                    }
                }
            },
            cancel
        );

    // If the database is away at the start, that is waited for: from position 0 all history would be handed on as news.
    private async Task<Dictionary<string, long>> HeadsAtStart(CancellationToken cancel)
    {
        var heads = new Dictionary<string, long>();
        await Persist("Reading where the facilities are", async () => heads = await reader.Heads(cancel), cancel, isDoneOnce: true);
        return heads;
    }

    private async Task Persist(string what, Func<Task> work, CancellationToken cancel, bool isDoneOnce = false)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await work();
                if (isDoneOnce)
                {
                    return;
                }
            }
            catch (Exception) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost)
            {
                logger.LogWarning("{What} was interrupted ({Failure}); trying again in a second", what, lost.GetType().Name);
                await Task.Delay(Look, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private sealed class Followed(long from)
    {
        private readonly Channel<bool> woken = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
        );
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
