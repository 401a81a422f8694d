using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>
/// Reads states as they are now or, with an instant, as they stood then with only what had been recorded by then. A view that asks here for
/// all that it is made of
/// shows the past by the same code as the present.
/// </summary>
public sealed class StatesAt(Log log, LogReader reader, StateReader states, PastStates past)
{
    public async Task<T> State<T>(string facility, string key, DateTimeOffset? at, CancellationToken cancel)
        where T : State, new()
    {
        var stream = StreamId.For(StateKind<T>.Name, key);
        return at is { } instant
            ? (T)(await past.At(facility, [stream], instant, cancel))[stream].State
            : await log.State<T>(facility, key, cancel);
    }

    public async Task<IReadOnlyDictionary<string, SavedState>> Load(
        string facility,
        IReadOnlyCollection<string> streams,
        DateTimeOffset? at,
        CancellationToken cancel
    ) => at is { } instant ? await past.At(facility, streams, instant, cancel) : await states.Load(facility, streams, cancel);

    /// <summary>The facility's last position.</summary>
    public Task<long> Head(string facility, DateTimeOffset? at, CancellationToken cancel) =>
        at is { } instant ? reader.HeadAt(facility, instant, cancel) : reader.Head(facility, cancel);
}
