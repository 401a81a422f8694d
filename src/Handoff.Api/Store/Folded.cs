using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>What a stream has come to, or why it can't be folded.</summary>
internal sealed class Folded(State? empty)
{
    public State? State { get; private set; } = empty;

    public long Version { get; private set; }

    public long Position { get; private set; }

    /// <summary>When its last event was recorded (UTC).</summary>
    public DateTimeOffset RecordedAt { get; private set; }

    public bool IsOfKnownKind { get; } = empty is not null;

    /// <summary>The kind of the first event that can't be read or folded.</summary>
    public string? Unreadable { get; private set; }

    /// <summary>What must be saved of it; null if it can't be folded, or has no state here.</summary>
    public Snapshot? Snapshot(string stream) =>
        State is null ? null : Store.Snapshot.FromState(stream, State, Version, Position, RecordedAt);

    public void Add(StoredEvent logged)
    {
        (Version, Position, RecordedAt) = (logged.Version, logged.Position, logged.Recorded.At);
        if (State is null)
        {
            return;
        }

        try
        {
            State = logged.Recorded.Event is UnreadableEvent unreadable
                ? throw new StreamUnreadableException(unreadable.Type)
                : State.Evolve(logged.Recorded);
        }
        catch (Exception)
        {
            // A slice that throws on what it never expected must not keep every other stream from being checked and mended.
            (State, Unreadable) = (null, (logged.Recorded.Event as UnreadableEvent)?.Type ?? logged.Recorded.Event.GetType().Name);
        }
    }
}
