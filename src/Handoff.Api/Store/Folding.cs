using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>A facility's streams, folded from its log in order, all at once.</summary>
internal sealed class Folding(EventTypeRegistry names)
{
    /// <summary>
    /// Grows whenever events come to other states than before: then every facility's are folded anew at the start, and <c>verify</c> agrees
    /// again.
    /// </summary>
    public const int Version = 5;

    private readonly Dictionary<string, Folded> streams = [];

    public IReadOnlyDictionary<string, Folded> Streams => streams;

    public long Events { get; private set; }

    public long Position { get; private set; }

    public Folded Add(StoredEvent logged)
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
