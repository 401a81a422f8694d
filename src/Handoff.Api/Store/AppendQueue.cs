using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// One facility's log on this node. Commands that wait together are decided together and join one transaction (group commit):
/// holding the facility's order to commit is then paid for once by all of them. At most one command a stream is in a batch;
/// the next one is decided on what the first has left. While a batch is being written, whoever comes is decided on what it will
/// leave, and goes the moment it is written; if it could not be written, they are decided again.
/// </summary>
internal sealed class AppendQueue : IAsyncDisposable
{
    private const int MostInBatch = 64;
    private const int MostWaiting = MostInBatch * 4;
    private const int MostAttempts = 12;

    // Fewer are better written together than one after the other.
    private const int Few = 8;

    // For so many batches nothing is decided ahead after another node came between.
    private const int Apart = 64;

    // Whoever loses this often decides while nobody else can write.
    private const int MostLostRaces = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMicroseconds(100);

    private readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private readonly StateCache memory = new();
    private readonly string facility;
    private readonly StateReader states;
    private readonly EventTypeRegistry names;
    private readonly RequestReader requests;
    private readonly TimeProvider clock;
    private readonly Action<string> committed;
    private readonly Appender appender;
    private readonly Task loop;
    private readonly List<Pending> waiting = [];
    private readonly List<Pending> deciding = [];
    private Flight? flight;
    private Task<bool>? arrival;
    private Batch? ready;
    private byte[]? end;
    private DateTimeOffset latest;
    private int apart;
    private long rebuilt;
    private volatile bool isStopping;
    private Exception? gone;

    public AppendQueue(string facility, EventStore store, StateReader states, TimeProvider clock, Action<string> committed)
    {
        (this.facility, this.states, names, this.clock, this.committed) = (facility, states, store.Names, clock, committed);
        requests = new(store.Source, facility);
        appender = new(store, facility);
        loop = Task.Run(Run);
    }

    public Task<CommandResult> Send(CommandEnvelope sent)
    {
        if (!IsFit(sent.Stream) || !IsFit(sent.By.Staff.Name))
        {
            return Task.FromResult(TextUnfit(sent));
        }

        var pending = new Pending(sent);
        return queue.Writer.TryWrite(pending) ? pending.Answer : throw new LogUnavailableException("The service is stopping.");
    }

    /// <summary>The last state that this node knows of a stream, if it is at hand.</summary>
    public SavedState? Remembered(string stream) => memory.Find(stream);

    /// <summary>The stream has come to this version, maybe on another node: what is remembered here may be old.</summary>
    public void Forget(string stream, long version) => memory.Forget(stream, version);

    public void ForgetAll() => memory.ForgetAll();

    /// <summary>Loads a state and remembers it, for those who only look.</summary>
    public async Task<SavedState> Look(string stream, CancellationToken cancel)
    {
        var asOf = memory.Age;
        var saved = (await states.Load(facility, [stream], cancel))[stream];
        if (memory.Find(stream) is null)
        {
            memory.Keep(stream, saved, asOf);
        }

        return saved;
    }

    /// <summary>Finishes what was taken in. If the database is away, that is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        isStopping = true;
        queue.Writer.TryComplete();
        await loop;
        await appender.DisposeAsync();
    }

    private async Task Run()
    {
        for (var answered = 0; waiting.Count > 0 || flight is not null || await Arrival(); )
        {
            try
            {
                answered = flight is { } ahead ? await Follow(ahead, answered) : await Begin(answered);
            }
            catch (Exception failure)
            {
                await appender.Reset();
                NoteGone(failure);
                List<Pending> lost = [.. deciding, .. flight?.Batch.Appends.Select(a => a.Pending) ?? []];
                (flight, end) = (null, null);
                waiting.RemoveAll(lost.Contains);
                lost.ForEach(p => p.Failed(Unavailable(failure)));
            }
        }
    }

    /// <summary>With nothing on its way: decides whoever waits, and sends them.</summary>
    /// <returns>How many there were.</returns>
    private async Task<int> Begin(int answered)
    {
        await Gather(answered);
        if (gone is not null)
        {
            waiting.ForEach(p => p.Failed(Unavailable(gone)));
            waiting.Clear();
            return 0;
        }

        TakeBatch();
        var isHeld = deciding.Exists(p => p.Attempts >= MostLostRaces);
        if (isHeld)
        {
            end = await appender.Hold();
        }

        var known = new BatchContext(facility, states, memory, isHeld);
        await known.Recall([.. deciding.Select(p => p.Sent.Stream)]);
        var now = Now();
        foreach (var pending in deciding)
        {
            await Decide(pending, known, now);
        }

        Depart(known.Decided, now);
        if (isHeld)
        {
            await Land();
            await appender.Release();
        }

        return deciding.Count;
    }

    /// <summary>While a batch is on its way: decides whoever comes on what it will leave, and sends them after it.</summary>
    /// <param name="answered">How many were answered just before: they often come again at once.</param>
    /// <returns>How many were answered.</returns>
    private async Task<int> Follow(Flight ahead, int answered)
    {
        deciding.Clear();
        ready = null;
        var known = new BatchContext(facility, states, memory, isHeld: false, ahead.Leaves());
        var now = Now();
        while (
            await Next(ahead, known, () => MakeReady(ahead, known.Decided, now, answered)) is { } next && await IsDecided(next, known, now)
        ) { }

        var others = waiting.Count;
        var landing = await Landed(ahead);
        flight = null;
        if (landing is null)
        {
            // After those that could not be written.
            waiting.InsertRange(waiting.Count - others, known.Decided.Select(a => a.Pending));
            return 0;
        }

        Depart(known.Decided, now);
        Acknowledge(ahead, landing.Positions);
        return ahead.Batch.Appends.Count;
    }

    /// <summary>Who can be decided while a batch is on its way; null when it has arrived.</summary>
    private async Task<Pending?> Next(Flight ahead, BatchContext known, Action meanwhile)
    {
        while (!ahead.Write.IsCompleted)
        {
            TakeIn();
            var isRoom = apart == 0 && known.Decided.Count < MostInBatch && (known.Decided.Count > 0 || waiting.Count >= Few);
            if (isRoom && waiting.Find(p => known.IsOpen(p.Sent.Stream)) is { } next)
            {
                if (next.Attempts >= MostLostRaces || !known.IsAtHand(next.Sent.Stream))
                {
                    // It needs the log to itself: nobody overtakes it for longer than the batch that is under way.
                    await Task.WhenAny((Task)ahead.Write);
                    return null;
                }

                waiting.Remove(next);
                deciding.Add(next);
                return next;
            }

            var came = Arrival();
            if (!came.IsCompleted)
            {
                meanwhile();
                await Task.WhenAny(ahead.Write, came);
            }
            else if (waiting.Count >= MostWaiting || !await came)
            {
                await Task.WhenAny((Task)ahead.Write);
            }
        }

        return null;
    }

    private async Task<bool> IsDecided(Pending pending, BatchContext known, DateTimeOffset now)
    {
        try
        {
            await Decide(pending, known, now);
            return true;
        }
        catch (NotAtHandException)
        {
            deciding.Remove(pending);
            waiting.Insert(0, pending);
            return false;
        }
    }

    // Whoever was just answered often has the next thing to say at once: waiting for them a moment makes one batch of two.
    private async Task Gather(int answered)
    {
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Yield())
        {
            TakeIn();
            if (waiting.Count >= answered || Stopwatch.GetElapsedTime(since) > Patience)
            {
                return;
            }
        }
    }

    private void TakeIn()
    {
        while (waiting.Count < MostWaiting && queue.Reader.TryRead(out var next))
        {
            waiting.Add(next);
        }
    }

    // The channel has one reader, who waits for it once at a time.
    private Task<bool> Arrival() => arrival is { IsCompleted: false } ? arrival : arrival = queue.Reader.WaitToReadAsync().AsTask();

    // A service that stops asks a database that is gone once, not once for each command that waits.
    private void NoteGone(Exception failure)
    {
        if (isStopping && IsBroken(failure))
        {
            gone = failure;
        }
    }

    private void TakeBatch()
    {
        deciding.Clear();
        var streams = new HashSet<string>();
        var most = waiting.Count < 2 * Few ? waiting.Count : Math.Min(MostInBatch, waiting.Count / 2);
        waiting.RemoveAll(p =>
        {
            var takes = deciding.Count < most && streams.Add(p.Sent.Stream);
            if (takes)
            {
                deciding.Add(p);
            }

            return takes;
        });
    }

    private async Task Decide(Pending pending, BatchContext known, DateTimeOffset now)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (pending.Attempts == 0)
            {
                Measures.Wait.Record(Measures.Since(pending.Came));
            }

            var refused = await Decide(pending.Sent, known, now) switch
            {
                { Decision: { Refusal: null, Events.Count: > 0 } } decided => await Accept(pending, decided, known, now),
                var decided => decided,
            };
            if (refused is { } no)
            {
                known.MustBeAtHand();
                if (known.IsDecidedOn(no.Seen))
                {
                    // A no for what may yet not be written is none: asked again when it is.
                    waiting.Insert(0, pending);
                    return;
                }

                pending.Done(
                    await requests.FirstAnswer(pending.Sent)
                        ?? new CommandResult(pending.Sent.Stream, no.Before.Version, no.Before.Position, no.Decision.Refusal, [])
                );
            }
        }
        catch (TextUnfitException)
        {
            pending.Done(TextUnfit(pending.Sent));
        }
        catch (Exception failure) when (failure is not NotAtHandException)
        {
            pending.Failed(Unavailable(failure));
        }

        Measures.Decide.Record(Measures.Since(start));
    }

    // A no, or nothing to do, is only said on what the log holds now: here it may be remembered from before another node wrote.
    private static async Task<Decided> Decide(CommandEnvelope sent, BatchContext known, DateTimeOffset now)
    {
        while (true)
        {
            var before = await known.Load(sent.Stream);
            var seen = new Seen();
            var decision = Guard(sent, before) is { } no
                ? no
                : sent.Command.Decide(before.State, new(sent.By, now, sent.Request, await Facts(sent.Command, before.State, known, seen)));
            if ((decision.Refusal is null && decision.Events.Count > 0) || !await known.Refresh([sent.Stream, .. seen.Streams.Keys]))
            {
                return new(before, seen, decision);
            }
        }
    }

    private async Task<Decided?> Accept(Pending pending, Decided decided, BatchContext known, DateTimeOffset now)
    {
        var append = new Append(pending, decided.Before, decided.Seen);
        append.Fold(decided.Decision.Events, now);
        append.Address(append.OnUnit is { } unit ? await known.Unit(unit) : null);
        append.Prepare(names, now);
        known.Add(append);
        return null;
    }

    private static Refusal? Guard(CommandEnvelope sent, SavedState before) =>
        sent switch
        {
            _ when !sent.By.May(sent.Command.Permission) => Refusal.NotPermitted("not-permitted", "Your role does not include this here."),
            _ when before.State.OnUnit() is { } unit && !sent.By.WorksOn(unit) => Refusal.NotPermitted(
                "unit-not-yours",
                "You are not assigned to that unit."
            ),
            { Expected: { } expected } when expected != before.Version => new(
                "moved-meanwhile",
                "Somebody else recorded something here meanwhile. Look again, then repeat it if it still holds.",
                null,
                RefusalKind.Conflict
            ),
            _ => null,
        };

    private static async Task<LoadedStates> Facts(ICommand command, State state, BatchContext known, Seen seen)
    {
        while (command.Reads(state, new(seen.States)).Where(s => !seen.States.ContainsKey(s)).Distinct().ToList() is { Count: > 0 } missing)
        {
            await known.Recall(missing);
            foreach (var stream in missing)
            {
                seen.Add(stream, await known.Load(stream));
            }
        }

        return new(seen.States);
    }

    private void Depart(IReadOnlyList<Append> appends, DateTimeOffset now) => flight = appends.Count > 0 ? Send(appends, now) : null;

    private Flight Send(IReadOnlyList<Append> appends, DateTimeOffset now)
    {
        var isReady =
            ready is not null
            && ready.Appends.SequenceEqual(appends)
            && ready.Rebuilt == rebuilt
            && ReferenceEquals(ready.Link!.After, end);
        var batch = isReady ? ready! : Batched(appends, now, end);
        ready = null;
        return new(batch, memory.Age, appender.Write(batch));
    }

    private Batch Batched(IReadOnlyList<Append> appends, DateTimeOffset now, byte[]? after) =>
        new(facility, appends, now, rebuilt, after is null ? null : Link.For(after, appends, now));

    // Once all have come who were just answered, there is nothing else to do: then it only has to be sent when the batch ahead has arrived.
    private void MakeReady(Flight ahead, IReadOnlyList<Append> decided, DateTimeOffset now, int answered)
    {
        if (ahead.Batch.Link is { } link && decided.Count > 0 && decided.Count >= answered && ready?.Appends.Count != decided.Count)
        {
            ready = Batched([.. decided], now, link.Reaches);
        }
    }

    private async Task Land()
    {
        if (flight is { } landing)
        {
            flight = null;
            await Write(landing);
        }
    }

    private async Task Write(Flight alone)
    {
        if (await Landed(alone) is { } landing)
        {
            Acknowledge(alone, landing.Positions);
        }
    }

    /// <returns>What it has come to; null if nothing was written, and everybody on it was answered or waits again.</returns>
    private async Task<Landing?> Landed(Flight flight)
    {
        end = null;
        try
        {
            var landing = await flight.Write;
            apart -= Math.Min(apart, 1);
            end = apart > 0 ? null : landing.Reaches;
            return landing;
        }
        catch (ObjectedException objected)
        {
            await appender.Release();
            await Mend(flight.Batch, await appender.Ask(flight.Batch), objected);
        }
        catch (Exception failure)
        {
            await (IsBroken(failure) || failure is not PostgresException ? appender.Reset() : appender.Release());
            await Recover(failure, flight.Batch);
        }

        return null;
    }

    private void Acknowledge(Flight landed, long[] positions)
    {
        var last = -1;
        foreach (var append in landed.Batch.Appends)
        {
            var position = positions[last += append.Events.Count];
            memory.Keep(append.Stream, new(append.After, append.Version, position), landed.AsOf);
            append.Pending.Done(new(append.Stream, append.Version, position, null, append.Events.ConvertAll(e => e.Id)));
        }

        committed(facility);
    }

    // Nothing of the batch was written: what the log objected to is answered or decided on what is there now, the rest just goes again.
    private async Task Mend(Batch batch, List<Objection> objections, ObjectedException objected)
    {
        var appends = batch.Appends;
        if (objections.Count == 0 && appends.Count > 1)
        {
            // They object to each other: one request's id stands for two things.
            await EachAlone(batch);
            return;
        }

        var about = objections.ToLookup(o => o.Stream);
        about[0].ToList().ForEach(Learn);
        foreach (var (index, append) in appends.Index())
        {
            var says = about[index + 1].Select(o => o.Says).ToList();
            if (says.Contains("known"))
            {
                append.Pending.Done(await requests.FirstAnswer(append.Pending.Sent) ?? RequestReused(append.Pending.Sent));
                continue;
            }

            if (says.Contains("moved"))
            {
                Forget(append);
            }

            if (says.Count > 0 || about[0].Any(o => o.Says != "elsewhere") || objections.Count == 0)
            {
                Again(append.Pending, objections.Count == 0 ? objected : null);
            }
            else
            {
                waiting.Insert(0, append.Pending); // Only in bad company.
            }
        }
    }

    private void Learn(Objection objection)
    {
        if (objection.Says == "elsewhere")
        {
            // Another node writes as well, and what is decided ahead would be from before it.
            apart = Apart;
        }

        if (objection.At > latest)
        {
            latest = objection.At.Value;
        }

        if (objection is { Says: "rebuilt", Rebuilt: { } times })
        {
            rebuilt = times;
            memory.ForgetAll();
        }
    }

    private void Forget(Append append)
    {
        memory.Forget(append.Stream);
        foreach (var stream in append.Seen.Streams.Keys)
        {
            memory.Forget(stream);
        }
    }

    private async Task Recover(Exception failure, Batch batch)
    {
        var appends = batch.Appends;
        if (IsBroken(failure))
        {
            // Whether it was written is not known. Everything is decided again; what was written is then known by its request.
            memory.ForgetAll();
            NoteGone(failure);
            appends.ToList().ForEach(a => Again(a.Pending, failure));
            await Task.Delay(Pause(appends));
        }
        else if (appends.Count > 1)
        {
            await EachAlone(batch);
        }
        else if (
            failure is EncoderFallbackException
            || (failure is PostgresException unfit && unfit.SqlState.StartsWith("22", StringComparison.Ordinal))
        )
        {
            appends[0].Pending.Done(TextUnfit(appends[0].Pending.Sent));
        }
        else
        {
            appends[0].Pending.Failed(new LogUnavailableException("The log refused the entry.", failure));
        }
    }

    // One value that PostgreSQL refuses must not cost the rest of the batch its answer.
    private async Task EachAlone(Batch batch)
    {
        foreach (var append in batch.Appends)
        {
            await Write(Send([append], batch.Recorded));
        }
    }

    private void Again(Pending pending, Exception? why)
    {
        pending.Attempts++;
        if (pending.Attempts >= MostAttempts || (isStopping && why is not null))
        {
            pending.Failed(new LogUnavailableException("The log can't be written now.", why));
        }
        else
        {
            waiting.Insert(0, pending);
        }
    }

    private TimeSpan Pause(IReadOnlyList<Append> appends) =>
        isStopping ? TimeSpan.Zero : TimeSpan.FromMilliseconds(50 * Math.Min(20, 1 << Math.Min(5, appends.Max(a => a.Pending.Attempts))));

    private static bool IsBroken(Exception failure) =>
        failure switch
        {
            // 57P01 to 57P03: the server ends the session, crashed, or is not up yet.
            PostgresException told => told.IsTransient
                || told.SqlState.StartsWith("57P", StringComparison.Ordinal)
                || told.Severity is "FATAL" or "PANIC",
            NpgsqlException or IOException or TimeoutException or InvalidOperationException => true,
            _ => false,
        };

    private static Exception Unavailable(Exception failure) =>
        failure is NpgsqlException or TimeoutException or IOException
            ? new LogUnavailableException("The log can't be read now.", failure)
            : failure;

    // PostgreSQL keeps no zero character, and UTF-8 has no half of a surrogate pair.
    private static bool IsFit(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0; )
        {
            if (rest[0] == '\0' || Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    private static CommandResult TextUnfit(CommandEnvelope sent) =>
        CommandResult.Refused(
            sent.Stream,
            new("text-unfit", "The text holds a character that can't be kept. Remove it.", null, RefusalKind.Invalid)
        );

    internal static CommandResult RequestReused(CommandEnvelope sent) =>
        CommandResult.Refused(
            sent.Stream,
            new(
                "request-id-reused",
                "This request id was used for something else before. Send it again with a new one.",
                null,
                RefusalKind.Conflict
            )
        );

    // Never before the facility's last event, and no finer than the database keeps.
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        now = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        return latest = now > latest ? now : latest;
    }

    /// <summary>A batch on its way to the log.</summary>
    private sealed record Flight(Batch Batch, long AsOf, Task<Landing> Write)
    {
        /// <summary>What its streams come to once it is written.</summary>
        public Dictionary<string, SavedState> Leaves() =>
            Batch.Appends.ToDictionary(a => a.Stream, a => new SavedState(a.After, a.Version, a.Before.Position));
    }

    private sealed record Decided(SavedState Before, Seen Seen, Decision Decision);
}
