using System.Collections.Concurrent;

namespace Handoff.Api.Store;

/// <summary>
/// The states that this node remembers of one facility. Nothing stays in it that is older than what was heard of:
/// a state that was being read while its stream moved is not kept.
/// </summary>
internal sealed class StateCache
{
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<string, SavedState> states = new();
    private readonly ConcurrentDictionary<string, long> heard = new();
    private long age;
    private int streams;

    /// <summary>To be taken before reading what is then kept: after <see cref="ForgetAll"/> it is another.</summary>
    public long Age => Interlocked.Read(ref age);

    public SavedState? Find(string stream) => states.GetValueOrDefault(stream);

    public void Keep(string stream, SavedState saved, long asOf)
    {
        Count(states.TryAdd(stream, saved));
        states[stream] = saved;
        if (asOf != Age || (heard.TryGetValue(stream, out var version) && version > saved.Version))
        {
            states.TryRemove(new(stream, saved));
        }
    }

    /// <summary>The stream has come to this version, here or elsewhere.</summary>
    public void Forget(string stream, long version)
    {
        Count(heard.TryAdd(stream, version));
        heard.AddOrUpdate(stream, version, (_, known) => Math.Max(known, version));
        if (states.TryGetValue(stream, out var saved) && saved.Version < version)
        {
            states.TryRemove(new(stream, saved));
        }
    }

    public void Forget(string stream) => states.TryRemove(stream, out _);

    // The age changes on both sides: what was read before, or meanwhile, is kept by nobody.
    public void ForgetAll()
    {
        Interlocked.Increment(ref age);
        states.Clear();
        heard.Clear();
        Interlocked.Exchange(ref streams, 0);
        Interlocked.Increment(ref age);
    }

    private void Count(bool isNew)
    {
        if (isNew && Interlocked.Increment(ref streams) > Most)
        {
            ForgetAll();
        }
    }
}
