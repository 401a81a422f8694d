namespace Handoff.Simulator;

/// <summary>A clock that stands still until it is told to go on. Its timers fire when it comes to them, in their order.</summary>
public sealed class SteppedClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock stepping = new();
    private readonly HashSet<Timer> timers = [];
    private long now = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes on by a time; what it comes to on the way fires at its moment.</summary>
    public void Step(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (Reach(end) is { } timer)
        {
            timer.Fire();
        }
    }

    // The next timer that is due by then, or null when the clock is there.
    private Timer? Reach(DateTimeOffset end)
    {
        lock (stepping)
        {
            var next = timers.Where(timer => timer.Due <= end.UtcTicks).MinBy(timer => timer.Due);
            Interlocked.Exchange(ref now, Math.Max(now, next?.Due ?? end.UtcTicks));
            next?.Rearm();
            return next;
        }
    }

    private sealed class Timer(SteppedClock clock, Action fire) : ITimer
    {
        private TimeSpan every = Timeout.InfiniteTimeSpan;

        public long Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.stepping)
            {
                every = period;
                Await(dueTime);
            }

            return true;
        }

        /// <summary>Under the clock's lock.</summary>
        public void Rearm() => Await(every > TimeSpan.Zero ? every : Timeout.InfiniteTimeSpan);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Await(TimeSpan wait)
        {
            if (wait == Timeout.InfiniteTimeSpan)
            {
                clock.timers.Remove(this);
                return;
            }

            Due = clock.now + wait.Ticks;
            clock.timers.Add(this);
        }
    }
}
