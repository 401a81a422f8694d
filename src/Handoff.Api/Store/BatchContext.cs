using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Store;

/// <summary>What one batch of commands is decided on: remembered or loaded states, and what the batch itself has decided so far.</summary>
/// <param name="isHeld">While the facility's order is held nothing moves, so what is loaded is the truth and memory is not asked.</param>
/// <param name="ahead">What a batch that is being written will leave. Until it is written nothing is loaded, for that would be from before
/// it.</param>
internal sealed class BatchContext(
    string facility,
    StateReader states,
    StateCache memory,
    bool isHeld,
    IReadOnlyDictionary<string, SavedState>? ahead = null
)
{
    private readonly Dictionary<string, SavedState> known = [];
    private readonly Dictionary<string, StreamUnreadableException> unreadable = [];
    private readonly HashSet<string> current = [];
    private readonly List<Append> decided = [];

    public IReadOnlyList<Append> Decided => decided;

    /// <summary>Adds a decision; those after it in the batch see what it comes to.</summary>
    public void Add(Append append)
    {
        decided.Add(append);
        known[append.Stream] = new(append.After, append.Version, append.Before.Position);
        current.Add(append.Stream);
    }

    /// <summary>Whether the batch has decided nothing on a stream yet.</summary>
    public bool IsOpen(string stream) => !current.Contains(stream);

    /// <summary>Whether a decision has looked at anything that this batch decided.</summary>
    public bool IsDecidedOn(Seen seen) =>
        decided.Exists(a => seen.Streams.ContainsKey(a.Stream) || (seen.Units.Count > 0 && a.After is Domain.Stays.Stay));

    /// <summary>Whether a stream is known without loading it.</summary>
    public bool IsAtHand(string stream) => Remembered(stream) is not null;

    /// <exception cref="NotAtHandException">A batch is being written.</exception>
    public void MustBeAtHand()
    {
        if (ahead is not null)
        {
            throw new NotAtHandException();
        }
    }

    /// <exception cref="StreamUnreadableException">It can't be folded.</exception>
    /// <exception cref="NotAtHandException">It would have to be loaded while a batch is being written.</exception>
    public async Task<SavedState> Load(string stream)
    {
        if (StateReader.IsGathered(stream))
        {
            MustBeAtHand();
            var gathered = (await states.Load(facility, [stream], CancellationToken.None))[stream];
            return StateReader.IsCensus(stream) ? StateReader.With(gathered, StreamId.Key(stream), decided.Select(a => a.After)) : gathered;
        }

        await Recall([stream]);
        return unreadable.TryGetValue(stream, out var why) ? throw why : known[stream];
    }

    public async Task<Unit?> Unit(string id)
    {
        var stream = StreamId.For(StateKind<Unit>.Name, id);
        await Recall([stream]);
        return known.GetValueOrDefault(stream)?.State as Unit;
    }

    /// <summary>Makes these streams known, in one load if memory does not have them.</summary>
    public async Task Recall(IReadOnlyCollection<string> streams)
    {
        var missing = new List<string>();
        foreach (var stream in streams)
        {
            if (StateReader.IsGathered(stream) || known.ContainsKey(stream) || unreadable.ContainsKey(stream) || missing.Contains(stream))
            {
                continue;
            }

            if (!isHeld && Remembered(stream) is { } remembered)
            {
                known[stream] = remembered;
            }
            else
            {
                missing.Add(stream);
            }
        }

        if (missing.Count > 0)
        {
            await Load(missing);
        }
    }

    /// <summary>Loads those of these streams that were only remembered.</summary>
    /// <returns>Whether any of them has moved since.</returns>
    public async Task<bool> Refresh(IEnumerable<string> streams)
    {
        var before = streams
            .Where(s => !current.Contains(s) && known.ContainsKey(s))
            .Distinct()
            .ToDictionary(s => s, s => known[s].Version);
        if (before.Count == 0)
        {
            return false;
        }

        await Load([.. before.Keys]);
        return before.Any(b => unreadable.ContainsKey(b.Key) || known[b.Key].Version != b.Value);
    }

    private SavedState? Remembered(string stream) => ahead?.GetValueOrDefault(stream) ?? memory.Find(stream);

    private async Task Load(IReadOnlyCollection<string> streams)
    {
        MustBeAtHand();
        var asOf = memory.Age;
        var loaded = await states.LoadReadable(facility, streams, CancellationToken.None);
        foreach (var (stream, saved) in loaded.Found)
        {
            known[stream] = saved;
            memory.Keep(stream, saved, asOf);
        }

        foreach (var (stream, why) in loaded.Unreadable)
        {
            known.Remove(stream);
            unreadable[stream] = why;
        }

        current.UnionWith(streams);
    }
}

/// <summary>What a decision needs has to be loaded, and can't be before a batch is written.</summary>
internal sealed class NotAtHandException : Exception;
