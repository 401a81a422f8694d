using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Simulator.Demo;
using Marten;
using Wolverine.Runtime;

namespace Handoff.Api.Training;

/// <summary>Where the clock stood, and where it stands.</summary>
/// <param name="Position">The log position up to which everything that fell due on the way is contained.</param>
public sealed record ClockMoved(DateTimeOffset From, DateTimeOffset Now, long Position);

/// <summary>
/// Moves the training clock. It stops at every instant at which something falls due, lets that happen with all that follows from it, and
/// only then goes on,
/// so that what is recorded is what would have been recorded had the time passed.
/// </summary>
public sealed class Trainer(
    EventStore store,
    LogReader reader,
    DeadlineRunner duties,
    NodeFollower follower,
    IWolverineRuntime wolverine,
    IHostApplicationLifetime life,
    TrainingClock clock
) : IDisposable
{
    /// <summary>A longer way would be answered after minutes.</summary>
    public static readonly TimeSpan Farthest = TimeSpan.FromHours(24);

    // Whatever one instant asks for is done long before.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2),
        Breath = TimeSpan.FromMilliseconds(5);

    // The database keeps microseconds: at the end of one, what is due in it is due.
    private static readonly TimeSpan RestOfMicrosecond = TimeSpan.FromTicks(TimeSpan.TicksPerMicrosecond - 1);

    private readonly SemaphoreSlim moving = new(1);

    /// <summary>Goes on to a later time. Whoever asks and does not wait for the answer has not stopped it.</summary>
    /// <exception cref="TimeoutException">What follows from something does not come to an end. The clock stands where that fell
    /// due.</exception>
    public async Task<(ClockMoved? Moved, Refusal? Refusal)> Move(DateTimeOffset to)
    {
        await moving.WaitAsync(life.ApplicationStopping);
        try
        {
            var from = clock.GetUtcNow();
            return Refused(from, to) is { } refusal
                ? (null, refusal)
                : (await Pass(from, to.ToUniversalTime(), life.ApplicationStopping), null);
        }
        finally
        {
            moving.Release();
        }
    }

    public void Dispose() => moving.Dispose();

    private static Refusal? Refused(DateTimeOffset now, DateTimeOffset to) =>
        to switch
        {
            _ when to < now => Refusal.Invalid("time-goes-back", "The clock is past that already, and never goes back.", "to"),
            _ when to > now + Farthest => Refusal.Invalid(
                "time-too-far",
                $"Move the clock by at most {Farthest.TotalHours:0} hours at once.",
                "to"
            ),
            _ => null,
        };

    private async Task<ClockMoved> Pass(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        await Settle(cancel);
        while (await Next(to, cancel) is { } due)
        {
            clock.Reach(due);
            await Settle(cancel);
        }

        clock.Reach(to);
        await Settle(cancel);
        return new(from, clock.GetUtcNow(), await reader.Head(DemoFacility.Id, cancel));
    }

    private async Task<DateTimeOffset?> Next(DateTimeOffset to, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var session = store.Read(DemoFacility.Id);
        var due = await session
            .Query<Snapshot>()
            .Where(s => s.IsTimed && s.Due > now && s.Due <= to)
            .OrderBy(s => s.Due)
            .Select(s => s.Due!.Value)
            .Take(1)
            .ToListAsync(cancel);
        return due is not [var first] ? null
            : first + RestOfMicrosecond < to ? first + RestOfMicrosecond
            : to;
    }

    // A reaction's checkpoint moves when its message is in the queue, before it is done; and what was done may be followed by more.
    private async Task Settle(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            long head;
            do
            {
                head = await reader.Head(DemoFacility.Id, patience.Token);
                await duties.DoNow(DemoFacility.Id, patience.Token);
                while (
                    follower.Position(DemoFacility.Id) < await reader.Head(DemoFacility.Id, patience.Token)
                    || (await wolverine.Storage.Admin.FetchCountsAsync()).Incoming > 0
                )
                {
                    await Task.Delay(Breath, patience.Token);
                }
            } while (await reader.Head(DemoFacility.Id, patience.Token) != head);
        }
        catch (OperationCanceledException waited) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException("What follows from what fell due does not come to an end.", waited);
        }
    }
}
