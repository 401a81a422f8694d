using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Timeline;

/// <summary>
/// Everything about one stay across all streams, newest first by when it happened. It never changes; more facts make another one.
/// </summary>
public sealed class History
{
    private readonly Dictionary<long, Entry> byPosition;

    private readonly Standing standing;

    private History(IReadOnlyList<Entry> entries, IReadOnlyList<Fact> facts, Standing standing)
    {
        (Entries, Facts, this.standing) = (entries, facts, standing);
        byPosition = entries.ToDictionary(e => e.Position);
    }

    public static readonly History Empty = FromFacts([]);

    /// <summary>What is told, newest first.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>Every event, in the order of the log.</summary>
    public IReadOnlyList<Fact> Facts { get; }

    /// <summary>The log position up to which it speaks.</summary>
    public long Position => Facts.Count > 0 ? Facts[^1].Position : 0;

    /// <summary>The pinned entries, the latest pinned first.</summary>
    public IEnumerable<Entry> Pinned => Entries.Where(e => e.Pin is not null).OrderByDescending(e => e.Pin!.At);

    /// <param name="facts">In the order of the log.</param>
    public static History FromFacts(IReadOnlyList<Fact> facts)
    {
        var stands = Standing.FromEvents(facts.Select(f => f.Recorded));
        var amendments = facts
            .Where(f => stands.Amended(f.Recorded.Id) is not null)
            .ToLookup(f => stands.Amended(f.Recorded.Id)!.Value, f => f.Recorded);
        var beside = facts
            .Where(f => !stands.IsStruck(f.Recorded.Id))
            .SelectMany(f => f.Recorded.Event.StandsBeside().Select(earlier => (Earlier: earlier, f.Recorded)))
            .ToLookup(one => one.Earlier, one => one.Recorded);
        var pins = Pins(facts);
        var entries = facts
            .Where(f => f.Recorded.Event.Significance() != Significance.Silent && stands.Amended(f.Recorded.Id) is null)
            .Select(f => new Entry(f, [.. amendments[f.Recorded.Id]], pins.GetValueOrDefault(f.Recorded.Id), stands.IsStruck(f.Recorded.Id))
            {
                Beside = [.. beside[f.Recorded.Id]],
            })
            .ToList();
        entries.Sort(Entry.NewestFirst);
        return new(entries, facts, stands);
    }

    /// <summary>
    /// What was recorded after an instant and is so now, newest first by when it happened: not what was struck since, and corrections in
    /// the place of what they correct.
    /// </summary>
    public IEnumerable<Fact> StandingSince(DateTimeOffset since) =>
        Facts
            .Where(f =>
                f.Recorded.At > since
                && f.Recorded.Event.Significance() != Significance.Silent
                && standing.IsTold(f.Recorded, struck => struck.At > since)
            )
            .OrderByDescending(f => f.Recorded.Event.OccurredAt)
            .ThenByDescending(f => f.Position);

    /// <summary>As it stood at an instant: only what had been recorded by then.</summary>
    public History AsOf(DateTimeOffset at) => FromFacts([.. Facts.TakeWhile(f => f.Recorded.At <= at)]);

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
        return lately.Count == 0 ? [] : new EntryPageRequest(DownTo: lately[^1].Position).Take(lately, this, unit).Parts;
    }

    /// <summary>All of it by shift.</summary>
    public IReadOnlyList<ShiftPart> Whole(Unit unit) =>
        Entries.Count == 0 ? [] : new EntryPageRequest(DownTo: Entries[^1].Position).Take(Entries, this, unit).Parts;

    private const int FewLately = 12;

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
