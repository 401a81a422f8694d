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
/// the next one is decided on what the first has left.
/// </summary>
internal sealed class FacilityLog : IAsyncDisposable
{
    private const int MostInBatch = 64;
    private const int MostAttempts = 12;

    // Whoever loses this often decides while nobody else can write.
    private const int MostLostRaces = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromMicroseconds(100);

    private readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private readonly Memory memory = new();
    private readonly string facility;
    private readonly StateReader states;
    private readonly Names names;
    private readonly RequestReader requests;
    private readonly TimeProvider clock;
    private readonly Action<string> committed;
    private readonly Appender appender;
    private readonly Task loop;
    private DateTimeOffset latest;
    private long rebuilt;
    private volatile bool isStopping;
    private Exception? gone;

    public FacilityLog(string facility, NpgsqlDataSource source, StateReader states, Names names, TimeProvider clock, Action<string> committed)
    {
        (this.facility, this.states, this.names, this.clock, this.committed) = (facility, states, names, clock, committed);
        requests = new(source, facility);
        appender = new(source, facility);
        loop = Task.Run(Run);
    }

    public Task<Answer> Send(Sent sent)
    {
        if (!IsFit(sent.Command.Stream) || !IsFit(sent.By.Staff.Name))
        {
            return Task.FromResult(TextUnfit(sent));
        }

        var pending = new Pending(sent);
        return queue.Writer.TryWrite(pending) ? pending.Answer : throw new LogUnavailableException("The service is stopping.");
    }

    /// <summary>The last state that this node knows of a stream, if it is at hand.</summary>
    public Saved? Remembered(string stream) => memory.Of(stream);

    /// <summary>The stream has come to this version, maybe on another node: what is remembered here may be old.</summary>
    public void Forget(string stream, long version) => memory.Forget(stream, version);

    public void ForgetAll() => memory.ForgetAll();

    /// <summary>Loads a state and remembers it, for those who only look.</summary>
    public async Task<Saved> Look(string stream, CancellationToken cancel)
    {
        var asOf = memory.Age;
        var saved = (await states.Load(facility, [stream], cancel))[stream];
        if (memory.Of(stream) is null)
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
        var waiting = new List<Pending>();
        var answered = 0;
        while (waiting.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            await Gather(waiting, answered);

            if (gone is not null)
            {
                waiting.ForEach(p => p.Failed(Unavailable(gone)));
                waiting.Clear();
                continue;
            }

            var batch = TakeBatch(waiting);
            answered = batch.Count;
            try
            {
                await Handle(batch, waiting);
            }
            catch (Exception failure)
            {
                await appender.Reset();
                NoteGone(failure);
                waiting.RemoveAll(batch.Contains);
                batch.ForEach(p => p.Failed(Unavailable(failure)));
            }
        }
    }

    // Whoever was just answered often has the next thing to say at once: waiting for them a moment makes one batch of two.
    private async Task Gather(List<Pending> waiting, int answered)
    {
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Yield())
        {
            while (waiting.Count < MostInBatch * 4 && queue.Reader.TryRead(out var next))
            {
                waiting.Add(next);
            }

            if (waiting.Count >= answered || Stopwatch.GetElapsedTime(since) > Patience)
            {
                return;
            }
        }
    }

    // A service that stops asks a database that is gone once, not once for each command that waits.
    private void NoteGone(Exception failure)
    {
        if (isStopping && IsBroken(failure))
        {
            gone = failure;
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
        var isHeld = batch.Exists(p => p.Attempts >= MostLostRaces);
        if (isHeld)
        {
            await appender.Hold();
        }

        var known = new Known(facility, states, memory, isHeld);
        await known.Recall([.. batch.Select(p => p.Sent.Command.Stream)]);
        var now = Now();
        foreach (var pending in batch)
        {
            await Decide(pending, known, now);
        }

        if (known.Decided.Count > 0)
        {
            await Write(known.Decided, now, again);
        }

        await appender.Release();
    }

    private async Task Decide(Pending pending, Known known, DateTimeOffset now)
    {
        try
        {
            var refused = await Decide(pending.Sent, known, now) switch
            {
                { Decision: { Refusal: null, Events.Count: > 0 } } decided => await Accept(pending, decided, known, now),
                var decided => decided,
            };
            if (refused is { } no)
            {
                pending.Done(await requests.FirstAnswer(pending.Sent)
                    ?? new Answer(pending.Sent.Command.Stream, no.Before.Version, no.Before.Position, no.Decision.Refusal, []));
            }
        }
        catch (Exception failure)
        {
            pending.Failed(Unavailable(failure));
        }
    }

    // A no, or nothing to do, is only said on what the log holds now: here it may be remembered from before another node wrote.
    private static async Task<Decided> Decide(Sent sent, Known known, DateTimeOffset now)
    {
        while (true)
        {
            var before = await known.Of(sent.Command.Stream);
            var seen = new Seen();
            var decision = Guard(sent, before) is { } no ? no : sent.Command.Decide(before.State, new(sent.By, now, sent.Request, await Facts(sent.Command, before.State, known, seen)));
            if ((decision.Refusal is null && decision.Events.Count > 0) || !await known.Refresh([sent.Command.Stream, .. seen.Streams.Keys]))
            {
                return new(before, seen, decision);
            }
        }
    }

    private async Task<Decided?> Accept(Pending pending, Decided decided, Known known, DateTimeOffset now)
    {
        var append = new Append(pending, decided.Before, decided.Seen);
        append.Fold(decided.Decision.Events, now);
        append.Address(append.OnUnit is { } unit ? await known.Unit(unit) : null);
        append.Encode(names);
        known.Add(append);
        return null;
    }

    private static Refusal? Guard(Sent sent, Saved before) => sent switch
    {
        _ when !sent.By.May(sent.Command.Permission) => Refusal.NotPermitted("not-permitted", "Your role does not include this here."),
        _ when before.State.OnUnit() is { } unit && !sent.By.WorksOn(unit) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
        { Expected: { } expected } when expected != before.Version =>
            new("moved-meanwhile", "Somebody else recorded something here meanwhile. Look again, then repeat it if it still holds.", null, RefusalKind.Conflict),
        _ => null,
    };

    private static async Task<Facts> Facts(ICommand command, State state, Known known, Seen seen)
    {
        while (command.Needs(state, new(seen.States)).Where(s => !seen.States.ContainsKey(s)).Distinct().ToList() is { Count: > 0 } missing)
        {
            await known.Recall(missing);
            foreach (var stream in missing)
            {
                seen.Add(stream, await known.Of(stream));
            }
        }

        return new(seen.States);
    }

    private async Task Write(IReadOnlyList<Append> appends, DateTimeOffset now, List<Pending> again)
    {
        var asOf = memory.Age;
        long[] last;
        try
        {
            last = await appender.Write(appends, now, rebuilt);
        }
        catch (PostgresException objected) when (Appender.IsObjection(objected))
        {
            await appender.Release();
            await Mend(appends, await appender.Ask(appends, now, rebuilt), now, again, objected);
            return;
        }
        catch (Exception failure)
        {
            await (IsBroken(failure) || failure is not PostgresException ? appender.Reset() : appender.Release());
            await Recover(failure, appends, now, again);
            return;
        }

        Acknowledge(appends, last, asOf);
    }

    private void Acknowledge(IReadOnlyList<Append> appends, long[] last, long asOf)
    {
        foreach (var (append, position) in appends.Zip(last))
        {
            memory.Keep(append.Stream, new(append.After, append.Version, position), asOf);
            append.Pending.Done(new(append.Stream, append.Version, position, null, append.Events.ConvertAll(e => e.Id)));
        }

        committed(facility);
    }

    // Nothing of the batch was written: what the log objected to is answered or decided on what is there now, the rest just goes again.
    private async Task Mend(IReadOnlyList<Append> appends, List<Objection> objections, DateTimeOffset now, List<Pending> again, PostgresException objected)
    {
        if (objections.Count == 0 && appends.Count > 1)
        {
            // They object to each other: one request's id stands for two things.
            await EachAlone(appends, now, again);
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

            Again(append.Pending, again, objections.Count == 0 ? objected : null);
        }
    }

    private void Learn(Objection objection)
    {
        latest = objection.At > latest ? objection.At.Value : latest;
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

    private async Task Recover(Exception failure, IReadOnlyList<Append> appends, DateTimeOffset now, List<Pending> again)
    {
        if (IsBroken(failure))
        {
            // Whether it was written is not known. Everything is decided again; what was written is then known by its request.
            memory.ForgetAll();
            NoteGone(failure);
            appends.ToList().ForEach(a => Again(a.Pending, again, failure));
            await Task.Delay(Pause(appends));
        }
        else if (appends.Count > 1)
        {
            await EachAlone(appends, now, again);
        }
        else if (failure is EncoderFallbackException || (failure is PostgresException unfit && unfit.SqlState.StartsWith("22", StringComparison.Ordinal)))
        {
            appends[0].Pending.Done(TextUnfit(appends[0].Pending.Sent));
        }
        else
        {
            appends[0].Pending.Failed(new LogUnavailableException("The log refused the entry.", failure));
        }
    }

    // One value that PostgreSQL refuses must not cost the rest of the batch its answer.
    private async Task EachAlone(IReadOnlyList<Append> appends, DateTimeOffset now, List<Pending> again)
    {
        foreach (var append in appends)
        {
            await Write([append], now, again);
        }
    }

    private void Again(Pending pending, List<Pending> again, Exception? why)
    {
        pending.Attempts++;
        if (pending.Attempts >= MostAttempts || (isStopping && why is not null))
        {
            pending.Failed(new LogUnavailableException("The log can't be written now.", why));
        }
        else
        {
            again.Insert(0, pending);
        }
    }

    private TimeSpan Pause(IReadOnlyList<Append> appends) => isStopping
        ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(50 * Math.Min(20, 1 << Math.Min(5, appends.Max(a => a.Pending.Attempts))));

    private static bool IsBroken(Exception failure) => failure switch
    {
        // 57P01 to 57P03: the server ends the session, crashed, or is not up yet.
        PostgresException told => told.IsTransient || told.SqlState.StartsWith("57P", StringComparison.Ordinal) || told.Severity is "FATAL" or "PANIC",
        NpgsqlException or IOException or TimeoutException or InvalidOperationException => true,
        _ => false,
    };

    private static Exception Unavailable(Exception failure) => failure is NpgsqlException or TimeoutException or IOException
        ? new LogUnavailableException("The log can't be read now.", failure)
        : failure;

    // PostgreSQL keeps no zero character, and UTF-8 has no half of a surrogate pair.
    private static bool IsFit(string text)
    {
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (rest[0] == '\0' || Rune.DecodeFromUtf16(rest, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    private static Answer TextUnfit(Sent sent) => Answer.Refused(sent.Command.Stream, new(
        "text-unfit", "The text holds a character that can't be kept. Remove it.", null, RefusalKind.Invalid));

    internal static Answer RequestReused(Sent sent) => Answer.Refused(sent.Command.Stream, new(
        "request-id-reused", "This request id was used for something else before. Send it again with a new one.", null, RefusalKind.Conflict));

    // Never before the facility's last event, and no finer than the database keeps.
    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        now = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        return latest = now > latest ? now : latest;
    }

    private sealed record Decided(Saved Before, Seen Seen, Decision Decision);
}
