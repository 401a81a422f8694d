using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Timeline;

/// <summary>Everything about one stay across all streams, newest first by when it happened. It never changes; more facts make another one.</summary>
public sealed class History
{
    private readonly Dictionary<long, Entry> byPosition;

    private History(IReadOnlyList<Entry> entries, IReadOnlyList<Fact> facts)
    {
        (Entries, Facts) = (entries, facts);
        byPosition = entries.ToDictionary(e => e.Position);
    }

    public static readonly History Empty = Of([]);

    /// <summary>What is told, newest first.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>Every event, in the order of the log.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>The log position up to which it speaks.</summary>
    public long Position => Facts.Count > 0 ? Facts[^1].Position : 0;

    /// <summary>The pinned entries, the latest pinned first.</summary>
    public IEnumerable<Entry> Pinned => Entries.Where(e => e.Pin is not null).OrderByDescending(e => e.Pin!.At);

    /// <param name="facts">In the order of the log.</param>
    public static History Of(IReadOnlyList<Fact> facts)
    {
        var targets = Targets(facts);
        var amendments = facts.Where(f => targets.ContainsKey(f.Recorded.Id)).ToLookup(f => Root(f.Recorded.Id, targets), f => f.Recorded);
        var pins = Pins(facts);
        var entries = facts
            .Where(f => f.Recorded.Event.Gravity() != Gravity.Silent && !targets.ContainsKey(f.Recorded.Id))
            .Select(f => new Entry(f, [.. amendments[f.Recorded.Id]], pins.GetValueOrDefault(f.Recorded.Id)))
            .ToList();
        entries.Sort(Entry.NewestFirst);
        return new(entries, facts);
    }

    /// <summary>As it stood at an instant: only what had been recorded by then.</summary>
    public History AsOf(DateTimeOffset at) => Of([.. Facts.TakeWhile(f => f.Recorded.At <= at)]);

    /// <summary>The entry at a log position; null if none is told there.</summary>
    public Entry? At(long position) => byPosition.GetValueOrDefault(position);

    /// <summary>The entry of an event, or the one that the event amends; null if it is not about this stay.</summary>
    public Entry? Find(Guid id) => Entries.FirstOrDefault(e => e.Id == id || e.Amendments.Any(a => a.Id == id));

    /// <summary>What the stay's own streams come to: those all of whose events concern this stay.</summary>
    public T State<T>(Guid stay)
        where T : State, new()
    {
        var stream = StreamId.For(StateKind<T>.Name, stay);
        return Facts.Where(f => f.Recorded.Stream == stream).Aggregate(new T(), (state, f) => (T)state.Evolve(f.Recorded));
    }

    /// <summary>The day before an instant by shift; more, if little happened.</summary>
    public IReadOnlyList<ShiftPart> Recent(DateTimeOffset now, Unit unit)
    {
        var lately = Entries.TakeWhile((e, i) => e.At > now.AddDays(-1) || i < FewLately).ToList();
        return lately.Count == 0 ? [] : new Cut(DownTo: lately[^1].Position).Of(lately, this, unit).Parts;
    }

    /// <summary>All of it by shift.</summary>
    public IReadOnlyList<ShiftPart> Whole(Unit unit) => Entries.Count == 0 ? [] : new Cut(DownTo: Entries[^1].Position).Of(Entries, this, unit).Parts;

    private const int FewLately = 12;

    // What amends something that is not about this stay, or not from before, is an entry itself.
    private static Dictionary<Guid, Guid> Targets(IReadOnlyList<Fact> facts)
    {
        var (targets, known, first) = (new Dictionary<Guid, Guid>(), new HashSet<Guid>(), new Dictionary<string, Guid>());
        foreach (var recorded in facts.Select(f => f.Recorded))
        {
            if (recorded.Event.Amends() is { } amends && (amends.Entry ?? first.GetValueOrDefault(recorded.Stream)) is var target && known.Contains(target))
            {
                targets[recorded.Id] = target;
            }

            known.Add(recorded.Id);
            first.TryAdd(recorded.Stream, recorded.Id);
        }

        return targets;
    }

    // A correction of a correction stands beside the entry with which it began.
    private static Guid Root(Guid id, Dictionary<Guid, Guid> targets)
    {
        while (targets.TryGetValue(id, out var earlier))
        {
            id = earlier;
        }

        return id;
    }

    private static Dictionary<Guid, PinMark> Pins(IReadOnlyList<Fact> facts)
    {
        var pins = new Dictionary<Guid, PinMark>();
        foreach (var recorded in facts.Select(f => f.Recorded))
        {
            if (recorded.Event is EntryPinned pinned)
            {
                pins[pinned.Entry] = new(recorded.By.Name, pinned.OccurredAt, pinned.Word);
            }
            else if (recorded.Event is EntryUnpinned unpinned)
            {
                pins.Remove(unpinned.Entry);
            }
        }

        return pins;
    }
}
