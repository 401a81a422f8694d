using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// Facilities' batches on their way to the database. While it has little to do, each goes at once on its facility's own connection. When
/// facilities crowd, they go together: one transaction that holds several batches costs much less than several small ones.
/// Nobody waits for another facility's order by that: whoever takes longer than usual is not waited for, and what can't go together goes alone.
/// </summary>
/// <param name="lanes">How many may be under way at once; up to half of them without waiting for company.</param>
internal sealed class Convoy(NpgsqlDataSource source, int lanes) : IAsyncDisposable
{
    private const int Enough = 4;
    private const int MostTogether = 16;

    // In milliseconds. A batch takes a few; whoever takes longer waits for something.
    private const int Patience = 20;

    private readonly Lock guard = new();
    private readonly List<Waiting> waiting = [];
    private readonly Stack<AppendSession> idle = [];
    private Timer? impatience;
    private int under;

    /// <summary>Writes the batch, on this session or with others.</summary>
    /// <exception cref="NpgsqlException">As <see cref="AppendSession.Write"/> throws it.</exception>
    public Task<Landing> Write(AppendSession own, Batch batch)
    {
        if (IsFree())
        {
            return Alone(own, batch);
        }

        var one = new Waiting(own, batch);
        lock (guard)
        {
            waiting.Add(one);
            if (waiting.Count == 1)
            {
                impatience ??= new(_ => Go(isLate: true));
                impatience.Change(Patience, Timeout.Infinite);
            }
        }

        Go(isLate: false);
        return one.Landing;
    }

    public async ValueTask DisposeAsync()
    {
        if (impatience is not null)
        {
            await impatience.DisposeAsync();
        }

        foreach (var session in idle)
        {
            await session.DisposeAsync();
        }
    }

    private bool IsFree()
    {
        lock (guard)
        {
            var isFree = waiting.Count == 0 && under < lanes / 2;
            under += isFree ? 1 : 0;
            return isFree;
        }
    }

    private async Task<Landing> Alone(AppendSession own, Batch batch)
    {
        try
        {
            return await Own(own, batch);
        }
        finally
        {
            Arrived();
        }
    }

    private static async Task<Landing> Own(AppendSession own, Batch batch) => new(await own.Write([batch]), batch.Link!.Reaches);

    private void Arrived()
    {
        lock (guard)
        {
            under--;
        }

        Go(isLate: false);
    }

    private void Go(bool isLate)
    {
        var (next, session) = (new List<Waiting>(), default(AppendSession));
        lock (guard)
        {
            if (isLate || under < lanes / 2 || (under < lanes && waiting.Count >= Enough))
            {
                next = waiting[..Math.Min(MostTogether, waiting.Count)];
                waiting.RemoveRange(0, next.Count);
            }

            if (next.Count == 0)
            {
                return;
            }

            under++;
            impatience!.Change(waiting.Count > 0 ? Patience : Timeout.Infinite, Timeout.Infinite);
            if (next.Count > 1)
            {
                session = idle.TryPop(out var free) ? free : new(source);
            }
        }

        _ = session is null ? next[0].Follow(Alone(next[0].Own, next[0].Batch)) : Together(session, next);
    }

    private async Task Together(AppendSession session, List<Waiting> all)
    {
        // In one order everywhere, so that two nodes never wait for each other.
        all.Sort((a, b) => string.CompareOrdinal(a.Batch.Facility, b.Batch.Facility));
        try
        {
            var positions = await session.Write(all.ConvertAll(w => w.Batch));
            var from = 0;
            foreach (var one in all)
            {
                var link = one.Batch.Link!;
                one.Done(new(positions[from..(from += link.Proofs.Length)], link.Reaches));
            }
        }
        catch (PostgresException refused) when (refused.Severity is not ("FATAL" or "PANIC"))
        {
            // Nothing of it was written: one of them can't be, or somebody else holds its order. The others don't wait for that one.
            EachAlone(all);
        }
        catch (Exception cut) when (cut is NpgsqlException or IOException or TimeoutException)
        {
            await session.Reset();
            all.ForEach(one => one.Failed(cut));
        }
        catch (Exception)
        {
            // One of them can't be sent. It is told so alone.
            await session.Reset();
            EachAlone(all);
        }

        lock (guard)
        {
            idle.Push(session);
        }

        Arrived();
    }

    private static void EachAlone(List<Waiting> all) => all.ForEach(one => _ = one.Follow(Own(one.Own, one.Batch)));

    private sealed class Waiting(AppendSession own, Batch batch)
    {
        private readonly TaskCompletionSource<Landing> landing = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public AppendSession Own => own;

        public Batch Batch => batch;

        public Task<Landing> Landing => landing.Task;

        public void Done(Landing with) => landing.TrySetResult(with);

        public void Failed(Exception why) => landing.TrySetException(why);

        public async Task Follow(Task<Landing> write)
        {
            try
            {
                Done(await write);
            }
            catch (Exception why)
            {
                Failed(why);
            }
        }
    }
}
