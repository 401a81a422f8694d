using System.Collections.Concurrent;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// What has to be done without anybody asking: reactions of one slice to another, and deadlines that lapse. For each facility one node
/// does it, whoever holds its lock; what it sends carries ids that follow from the event or the deadline, so doing it twice does it once.
/// </summary>
public sealed class Duties(NpgsqlDataSource source, Log log, LogReader reader, StateReader states, Reactions reactions, TimeProvider clock, ILogger<Duties> logger)
    : BackgroundService
{
    private const int Page = 200;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveAlone = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> wake = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> leftAlone = new();

    /// <summary>Does everything that is due in a facility now, without waiting for anything; for tests, imports and the simulator.</summary>
    public async Task DoNow(string facility, CancellationToken cancel)
    {
        while (await React(facility, cancel) || await Lapse(facility, cancel))
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        log.OnCommit(facility => Awake(facility));
        var running = new Dictionary<string, Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var facility in await Facilities(stoppingToken))
            {
                running.TryAdd(facility, Task.Run(() => Serve(facility, stoppingToken), CancellationToken.None));
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
                await using var mine = await source.OpenConnectionAsync(cancel);
                while (await Hold(mine, facility, cancel))
                {
                    await DoNow(facility, cancel);
                    await wake.GetOrAdd(facility, _ => new(0)).WaitAsync(Look, cancel);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
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

    // A session's lock goes with its connection: if this node dies, another takes over. Taken anew each round, it also shows that the connection lives.
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

    private async Task<bool> React(string facility, CancellationToken cancel)
    {
        var did = false;
        foreach (var reaction in reactions.All)
        {
            did |= await React(facility, reaction, cancel);
        }

        return did;
    }

    private async Task<bool> React(string facility, Reaction reaction, CancellationToken cancel)
    {
        var checkpoint = $"{reaction.Name}:All:{facility}";
        var from = await Checkpoint(checkpoint, cancel);
        var sent = new List<Task<Answer>>();
        var last = from;
        await foreach (var logged in reader.After(facility, from, Page, cancel))
        {
            last = logged.Position;
            if (reaction.React(logged.Recorded) is { } command)
            {
                sent.Add(log.Send(facility, new(
                    command, Actor.Clock, NamedId.From(reaction.Name, logged.Recorded.Id.ToString("N")), Source.System,
                    Correlation: logged.Recorded.Envelope.Correlation, Causation: logged.Recorded.Id)));
            }
        }

        foreach (var refused in (await Task.WhenAll(sent)).Where(a => a.Refusal is not null))
        {
            logger.LogWarning("{Reaction} was refused on {Stream}: {Code}", reaction.Name, refused.Stream, refused.Refusal!.Code);
        }

        if (last > from)
        {
            await Save(checkpoint, last, cancel);
        }

        return last > from;
    }

    private async Task<bool> Lapse(string facility, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var due = (await Due(facility, now, cancel)).Where(s => !leftAlone.TryGetValue(facility + s, out var until) || until <= now).ToList();
        if (due.Count == 0)
        {
            return false;
        }

        var saved = await states.Load(facility, due, cancel);
        var sent = saved.SelectMany(s => s.Value.State.Deadlines().Where(d => d.Due <= now).Select(d => (Stream: s.Key, Deadline: d))).ToList();
        var answers = await Task.WhenAll(sent.Select(s => log.Send(facility, new(
            s.Deadline.Lapse, Actor.Clock, NamedId.From(s.Stream, s.Deadline.Name, s.Deadline.Due.UtcTicks.ToString()), Source.System))));

        // A deadline that its own slice does not settle must not be asked for each second for ever.
        foreach (var (index, answer) in answers.Index().Where(a => a.Item.Refusal is not null || a.Item.Events is null or []))
        {
            leftAlone[facility + sent[index].Stream] = now + LeaveAlone;
        }

        return true;
    }

    private async Task<List<string>> Due(string facility, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select id from handoff.states where tenant_id = $1 and is_timed and due <= $2 order by due limit $3");
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = now.UtcDateTime });
        command.Parameters.Add(new() { Value = Page });
        var due = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            due.Add(rows.GetString(0));
        }

        return due;
    }

    private async Task<long> Checkpoint(string name, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select last_seq_id from handoff.mt_event_progression where name = $1");
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancel) is long position ? position : 0;
    }

    private async Task Save(string name, long position, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            insert into handoff.mt_event_progression as p (name, last_seq_id, last_updated) values ($1, $2, now())
            on conflict (name) do update set last_seq_id = greatest(p.last_seq_id, excluded.last_seq_id), last_updated = now()
            """);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = position });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task<IEnumerable<string>> Facilities(CancellationToken cancel)
    {
        try
        {
            return (await reader.Heads(cancel)).Keys;
        }
        catch (Exception lost) when (lost is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return [];
        }
    }
}

/// <summary>The reactions that the slices declare.</summary>
public sealed record Reactions(IReadOnlyList<Reaction> All);
