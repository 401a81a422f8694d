using System.Collections.Concurrent;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// What has to be done without anybody asking: reactions of one slice to another, and deadlines that lapse. For each facility one node
/// does it, whoever holds its lock; what it sends carries ids that follow from the event or the deadline, so doing it twice does it once.
/// </summary>
public sealed class Duties(EventStore store, Log log, LogReader reader, StateReader states, Reactions reactions, TimeProvider clock, ILogger<Duties> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> wake = new();
    private readonly Reactors reactors = new(store, log, reader, reactions, clock, logger);
    private readonly Deadlines deadlines = new(store, log, states, clock, logger);

    /// <summary>Does everything that is due in a facility now, without waiting for anything; for tests, imports and the simulator.</summary>
    public async Task DoNow(string facility, CancellationToken cancel)
    {
        while (await reactors.React(facility, cancel) | await deadlines.Lapse(facility, cancel))
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        log.OnCommit(Awake);
        var running = new Dictionary<string, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var facility in (await Facilities(stoppingToken)).Where(f => !running.ContainsKey(f)))
            {
                running[facility] = Task.Run(() => Serve(facility, stoppingToken), CancellationToken.None);
            }

            await Task.Delay(Look, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running.Values);
    }

    private void Awake(string facility)
    {
        var semaphore = wake.GetOrAdd(facility, _ => new(0));
        if (semaphore.CurrentCount == 0)
        {
            semaphore.Release();
        }
    }

    private async Task Serve(string facility, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var mine = await store.Source.OpenConnectionAsync(cancel);
                await ServeAlone(mine, facility, cancel);
            }
            catch (Exception) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                logger.LogWarning("Duties of {Facility} were interrupted: {Failure}", facility, failure.GetType().Name);
            }

            await Task.Delay(Look, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAlone(NpgsqlConnection mine, string facility, CancellationToken cancel)
    {
        try
        {
            while (await Hold(mine, facility, cancel))
            {
                await DoNow(facility, cancel);
                await wake.GetOrAdd(facility, _ => new(0)).WaitAsync(Look, cancel);
            }
        }
        finally
        {
            await LetGo(mine);
        }
    }

    // A session's lock goes with its connection: if this node dies, another takes over. Asked anew each round, it also shows that the connection lives.
    private static async Task<bool> Hold(NpgsqlConnection connection, string facility, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            select case when exists (
                select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and granted
                    and classid = hashtext('handoff-duties')::oid and objid = hashtext($1)::oid)
            then true else pg_try_advisory_lock(hashtext('handoff-duties'), hashtext($1)) end
            """, connection);
        command.Parameters.Add(new() { Value = facility });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    // The connection goes back to the pool as it is; there it would hold the lock for nobody.
    private static async Task LetGo(NpgsqlConnection connection)
    {
        if (connection.FullState == System.Data.ConnectionState.Open)
        {
            await using var command = new NpgsqlCommand("select pg_advisory_unlock_all()", connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
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

/// <summary>The reactions that the slices declare.</summary>
public sealed record Reactions(IReadOnlyList<Reaction> All);
