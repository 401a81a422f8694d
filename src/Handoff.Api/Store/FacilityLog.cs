using System.Collections.Concurrent;
using System.Threading.Channels;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// One facility's log on this node. Commands that wait together are decided together and join one transaction (group commit):
/// holding the facility's order to commit is then paid for once by all of them. At most one command a stream is in a batch;
/// the next one is decided on what the first has left.
/// </summary>
internal sealed class FacilityLog : IAsyncDisposable
{
    private const int MostInBatch = 64;
    private const int MostAttempts = 12;
    private const int MostRemembered = 50_000;

    private readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, Saved> remembered = new();
    private readonly string facility;
    private readonly StateReader states;
    private readonly NpgsqlDataSource source;
    private readonly TimeProvider clock;
    private readonly Action<string> committed;
    private readonly Appender appender;
    private readonly Task loop;
    private DateTimeOffset latest;
    private long forgotten;

    public FacilityLog(string facility, NpgsqlDataSource source, StateReader states, Names names, TimeProvider clock, Action<string> committed)
    {
        (this.facility, this.source, this.states, this.clock, this.committed) = (facility, source, states, clock, committed);
        appender = new(source, names, facility);
        loop = Task.Run(Run);
    }

    public Task<Answer> Send(Sent sent)
    {
        var pending = new Pending(sent);
        return queue.Writer.TryWrite(pending) ? pending.Answer : throw new LogUnavailableException("The service is stopping.");
    }

    /// <summary>The last state that this node knows of a stream, if it is at hand.</summary>
    public Saved? Remembered(string stream) => remembered.GetValueOrDefault(stream);

    /// <summary>Another node has written: what is remembered here may be old.</summary>
    public void Forget(string stream, long version)
    {
        Interlocked.Increment(ref forgotten);
        if (remembered.TryGetValue(stream, out var saved) && saved.Version < version)
        {
            remembered.TryRemove(new(stream, saved));
        }
    }

    public void ForgetAll()
    {
        Interlocked.Increment(ref forgotten);
        remembered.Clear();
    }

    /// <summary>Loads a state and remembers it, for those who only look.</summary>
    public async Task<Saved> Look(string stream, CancellationToken cancel)
    {
        var saved = (await Load([stream], cancel))[stream];
        return remembered.GetOrAdd(stream, saved);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await appender.DisposeAsync();
    }

    private async Task Run()
    {
        var waiting = new List<Pending>();
        while (waiting.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            while (waiting.Count < MostInBatch * 4 && queue.Reader.TryRead(out var next))
            {
                waiting.Add(next);
            }

            var batch = TakeBatch(waiting);
            try
            {
                await Handle(batch, waiting);
            }
            catch (Exception failure)
            {
                batch.ForEach(p => p.Failed(failure));
            }
        }
    }

    private static List<Pending> TakeBatch(List<Pending> waiting)
    {
        var streams = new HashSet<string>();
        var batch = new List<Pending>();
        waiting.RemoveAll(p =>
        {
            var takes = batch.Count < MostInBatch && streams.Add(p.Sent.Command.Stream);
            if (takes)
            {
                batch.Add(p);
            }

            return takes;
        });
        return batch;
    }

    private async Task Handle(List<Pending> batch, List<Pending> again)
    {
        if (!await Gather(batch))
        {
            return;
        }

        var now = Now();
        var appends = new List<Append>(batch.Count);
        foreach (var pending in batch)
        {
            if (await Decide(pending, now) is { } append)
            {
                appends.Add(append);
            }
        }

        if (appends.Count > 0)
        {
            await Write(appends, now, again);
        }
    }

    // One load for the whole batch; what commands need besides their own stream is nearly always remembered.
    private async Task<bool> Gather(List<Pending> batch)
    {
        try
        {
            await Recall(batch.Select(p => p.Sent.Command.Stream));
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            batch.ForEach(p => p.Failed(new LogUnavailableException("The log can't be read now.", failure)));
            return false;
        }
    }

    private async Task<Append?> Decide(Pending pending, DateTimeOffset now)
    {
        var sent = pending.Sent;
        var command = sent.Command;
        try
        {
            var before = remembered[command.Stream];
            var facts = await Facts(command, before.State);
            var decision = Guard(sent, before) is { } no ? no : command.Decide(before.State, new(sent.By, now, sent.Request, facts));
            if (decision.Refusal is not null || decision.Events.Count == 0)
            {
                pending.Done(await FirstAnswer(sent) ?? new Answer(command.Stream, before.Version, before.Position, decision.Refusal, []));
                return null;
            }

            var append = new Append(pending, before);
            append.Fold(decision.Events, now);
            await Recall(new[] { before.State.OnUnit() ?? append.After.OnUnit() }.OfType<string>().Select(u => StreamId.For(StateKind<Unit>.Name, u)));
            append.Address(unit => remembered.GetValueOrDefault(StreamId.For(StateKind<Unit>.Name, unit))?.State as Unit);
            return append;
        }
        catch (Exception failure)
        {
            pending.Failed(failure is NpgsqlException ? new LogUnavailableException("The log can't be read now.", failure) : failure);
            return null;
        }
    }

    private static Refusal? Guard(Sent sent, Saved before) => sent switch
    {
        _ when !sent.By.May(sent.Command.Permission) => Refusal.NotPermitted("not-permitted", "Your role does not include this here."),
        _ when before.State.OnUnit() is { } unit && !sent.By.WorksOn(unit) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
        { Expected: { } expected } when expected != before.Version =>
            new("moved-meanwhile", "Somebody else recorded something here meanwhile. Look again, then repeat it if it still holds.", null, RefusalKind.Conflict),
        _ => null,
    };

    private async Task<Facts> Facts(ICommand command, State state)
    {
        var facts = new Dictionary<string, State>();
        while (command.Needs(state, new(facts)).Where(s => !facts.ContainsKey(s)).Distinct().ToList() is { Count: > 0 } missing)
        {
            var gathered = await states.Load(facility, [.. missing.Where(StateReader.IsGathered)], CancellationToken.None);
            await Recall(missing.Where(s => !StateReader.IsGathered(s)));
            foreach (var stream in missing)
            {
                facts[stream] = (gathered.GetValueOrDefault(stream) ?? remembered[stream]).State;
            }
        }

        return new(facts);
    }

    private async Task Recall(IEnumerable<string> streams)
    {
        var missing = streams.Where(s => !remembered.ContainsKey(s)).Distinct().ToList();
        if (missing.Count == 0)
        {
            return;
        }

        if (remembered.Count > MostRemembered)
        {
            remembered.Clear();
            missing = [.. streams.Distinct()];
        }

        foreach (var (stream, saved) in await Load(missing, CancellationToken.None))
        {
            remembered[stream] = saved;
        }
    }

    // What another node recorded while we were reading may be missing from what we read; then it is read again.
    private async Task<Dictionary<string, Saved>> Load(IReadOnlyCollection<string> streams, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var before = Interlocked.Read(ref forgotten);
            var loaded = await states.Load(facility, streams, cancel);
            if (before == Interlocked.Read(ref forgotten) || tries == 5)
            {
                return loaded;
            }
        }
    }

    private async Task Write(List<Append> appends, DateTimeOffset now, List<Pending> again)
    {
        try
        {
            Acknowledge(appends, await appender.Write(appends, now));
        }
        catch (PostgresException objected) when (Appender.IsObjection(objected))
        {
            await Mend(appends, await appender.Ask(appends, now), again, objected);
        }
        catch (PostgresException unfit) when (unfit.SqlState.StartsWith("22", StringComparison.Ordinal))
        {
            await EachAlone(appends, now, again, a => a.Pending.Done(Answer.Refused(
                a.Stream, new("text-unfit", "The text holds a character that can't be kept. Remove it.", null, RefusalKind.Invalid))));
        }
        catch (Exception broken) when (broken is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            // Whether it was written is not known. Everything is decided again; what was written is then known by its request.
            await appender.Reset();
            remembered.Clear();
            await Again(appends, again, broken);
        }
    }

    private void Acknowledge(List<Append> appends, long[] last)
    {
        foreach (var (append, position) in appends.Zip(last))
        {
            var saved = new Saved(append.After, append.Before.Version + append.Events.Count, position);
            remembered[append.Stream] = saved;
            append.Pending.Done(new(append.Stream, saved.Version, saved.Position, null, append.Events.ConvertAll(e => e.Id)));
        }

        committed(facility);
    }

    // One value that PostgreSQL refuses must not cost the rest of the batch its answer.
    private async Task EachAlone(List<Append> appends, DateTimeOffset now, List<Pending> again, Action<Append> refuse)
    {
        if (appends.Count == 1)
        {
            refuse(appends[0]);
            return;
        }

        foreach (var append in appends)
        {
            await Write([append], now, again);
        }
    }

    // Nothing of the batch was written: what the log objected to is answered or decided on what is there now, the rest just goes again.
    private async Task Mend(List<Append> appends, List<Objection> objections, List<Pending> again, PostgresException objected)
    {
        var about = objections.ToLookup(o => o.Stream);
        latest = about[0].Select(o => o.At).Append(latest).Max()!.Value;
        foreach (var (index, append) in appends.Index())
        {
            var says = about[index + 1].Select(o => o.Says).ToList();
            if (says.Contains("known"))
            {
                append.Pending.Done(await FirstAnswer(append.Pending.Sent) ?? RequestReused(append.Stream));
                continue;
            }

            if (says.Contains("moved"))
            {
                remembered.TryRemove(append.Stream, out _);
            }

            await Again([append], again, objections.Count == 0 ? objected : null);
        }
    }

    private static async Task Again(List<Append> appends, List<Pending> again, Exception? why)
    {
        foreach (var pending in appends.Select(a => a.Pending))
        {
            pending.Attempts++;
            if (pending.Attempts >= MostAttempts)
            {
                pending.Failed(new LogUnavailableException("The log can't be written now.", why));
            }
            else
            {
                again.Insert(0, pending);
            }
        }

        if (why is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50 * Math.Min(20, 1 << Math.Min(5, appends.Max(a => a.Pending.Attempts)))));
        }
    }

    // The same request again gets its first answer, even if by now it would be refused.
    private async Task<Answer?> FirstAnswer(Sent sent)
    {
        await using var command = source.CreateCommand(
            """
            select e.stream_id, e.headers ->> 'digest', l.version, l.seq_id
            from handoff.mt_events e
            join handoff.mt_events l on l.tenant_id = e.tenant_id and l.stream_id = e.stream_id
                and l.version = e.version + coalesce((e.headers ->> 'of')::int, 1) - 1
            where e.id = $1 and e.tenant_id = $2
            """);
        command.Parameters.Add(new() { Value = sent.Request });
        command.Parameters.Add(new() { Value = facility });
        await using var rows = await command.ExecuteReaderAsync();
        return !await rows.ReadAsync() ? null
            : rows.GetString(0) == sent.Command.Stream && rows.GetString(1) == Appender.Digest(sent.Command)
                ? new(rows.GetString(0), rows.GetInt64(2), rows.GetInt64(3), null, [sent.Request])
                : RequestReused(sent.Command.Stream);
    }

    private static Answer RequestReused(string stream) => Answer.Refused(stream, new(
        "request-id-reused", "This request id was used for something else before. Send it again with a new one.", null, RefusalKind.Conflict));

    // Never before the facility's last event, and no finer than the database keeps.
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        now = new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        return latest = now > latest ? now : latest;
    }
}
