using System.Collections.Concurrent;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>
/// The way into the log: every change of anything goes through <see cref="Send"/>. One log per facility, one order each;
/// facilities don't wait for each other.
/// </summary>
public sealed class Log(EventStore store, StateReader states, TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<AppendQueue>> facilities = new();
    private volatile bool isStopped;
    private volatile Action<string>[] listeners = [];

    /// <summary>Calls back after each commit on this node, with the facility; followers read on from where they are.</summary>
    public void OnCommit(Action<string> listener)
    {
        lock (facilities)
        {
            listeners = [.. listeners, listener];
        }
    }

    /// <summary>Decides and records a command, and answers when it is durable.</summary>
    /// <exception cref="LogUnavailableException">The database can't be reached now. Nothing was acknowledged; sending the same request
    /// again is safe.</exception>
    public Task<CommandResult> Send(string facility, CommandEnvelope sent) => QueueOf(facility).Send(sent);

    /// <summary>A state as this node knows it: at most as old as the last event that it has followed.</summary>
    public async ValueTask<T> State<T>(string facility, string key, CancellationToken cancel)
        where T : State, new()
    {
        var stream = StreamId.For(StateKind<T>.Name, key);
        if (QueueOf(facility).Remembered(stream) is { } known)
        {
            return (T)known.State;
        }

        return (T)(await QueueOf(facility).Look(stream, cancel)).State;
    }

    /// <summary>Another node has recorded on this stream up to this version.</summary>
    public void Forget(string facility, string stream, long version) => QueueOf(facility).Forget(stream, version);

    public void ForgetAll(string facility) => QueueOf(facility).ForgetAll();

    public async ValueTask DisposeAsync()
    {
        isStopped = true;
        foreach (var facility in facilities.Values.Where(f => f.IsValueCreated))
        {
            await facility.Value.DisposeAsync();
        }
    }

    private AppendQueue QueueOf(string facility) =>
        isStopped && !facilities.ContainsKey(facility)
            ? throw new LogUnavailableException("The service is stopping.")
            : facilities.GetOrAdd(facility, f => new(() => new(f, store, states, clock, Committed))).Value;

    private void Committed(string facility)
    {
        foreach (var listener in listeners)
        {
            listener(facility);
        }
    }
}
