using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>A facility's streams, folded from its log in order, all at once.</summary>
internal sealed class Folding(Names names)
{
    /// <summary>Grows whenever events come to other states than before: then every facility's are folded anew at the start, and <c>verify</c> agrees again.</summary>
    public const int Version = 4;

    private readonly Dictionary<string, Folded> streams = [];

    public IReadOnlyDictionary<string, Folded> Streams => streams;

    public long Events { get; private set; }

    public long Position { get; private set; }

    public Folded Add(Logged logged)
    {
        var stream = logged.Recorded.Stream;
        if (!streams.TryGetValue(stream, out var folded))
        {
            streams[stream] = folded = new(Empty(stream));
        }

        folded.Add(logged);
        Events++;
        Position = Math.Max(Position, logged.Position);
        return folded;
    }

    public void Forget(string stream) => streams.Remove(stream);

    // Another writer's streams are of kinds that have no state here.
    private State? Empty(string stream) =>
        stream.Contains('-', StringComparison.Ordinal) && names.States.TryGetValue(StreamId.Kind(stream), out var empty) ? empty : null;
}

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
    public Snapshot? Snapshot(string stream) => State is null ? null : Store.Snapshot.Of(stream, State, Version, Position, RecordedAt);

    public void Add(Logged logged)
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
