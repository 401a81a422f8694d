using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Timeline;

/// <summary>Which part of a timeline a page shows.</summary>
/// <param name="Before">Only what is older than the entry at this position.</param>
/// <param name="After">Only what is newer than the entry at this position, the nearest to it.</param>
/// <param name="DownTo">All from the newest to the entry at this position.</param>
/// <param name="Event">From the shift in which this event happened.</param>
public sealed record EntryPageRequest(long? Before = null, long? After = null, long? DownTo = null, Guid? Event = null)
{
    public static readonly EntryPageRequest Newest = new();

    /// <summary>A page goes on to the end of its shift after so many entries, and no further than <see cref="Most"/>.</summary>
    public const int Enough = 60,
        Most = 240;

    /// <param name="shown">The entries that are sought, newest first.</param>
    /// <param name="history">Where positions and events are looked up, also those that are not sought.</param>
    public EntryPage Take(IReadOnlyList<Entry> shown, History history, Unit unit)
    {
        var shifts = new Shifts(unit);
        var (from, to) = Range(shown, history, shifts);
        var parts = Parts([.. shown.Skip(from).Take(to - from)], shifts, from > 0 ? shifts.ShiftAt(shown[from - 1].At) : null);
        return new(
            parts,
            from > 0 && to > from ? shown[from].Position : null,
            to < shown.Count && to > from ? shown[to - 1].Position : null
        );
    }

    private (int From, int To) Range(IReadOnlyList<Entry> shown, History history, Shifts shifts) =>
        this switch
        {
            { After: { } after } when history.At(after) is { } entry => Ending(Index(shown, entry)),
            { DownTo: { } down } when history.At(down) is { } entry => (0, Index(shown, entry) + 1),
            { Before: { } before } when history.At(before) is { } entry => Beginning(Index(shown, entry) + 1, shown, shifts),
            { Event: { } id } when history.Find(id) is { } entry => Beginning(
                StartOfShift(Index(shown, entry), shown, shifts),
                shown,
                shifts
            ),
            _ => Beginning(0, shown, shifts),
        };

    // Of an entry that is not shown, the place where it would be is the one before the next older.
    private static int Index(IReadOnlyList<Entry> shown, Entry entry)
    {
        var (low, high) = (0, shown.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (Entry.NewestFirst.Compare(shown[middle], entry))
            {
                case 0:
                    return middle;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return low - 1;
    }

    private static (int From, int To) Ending(int end) => (Math.Max(0, end - Enough), Math.Max(0, end));

    private static (int From, int To) Beginning(int from, IReadOnlyList<Entry> shown, Shifts shifts)
    {
        var to = Math.Min(shown.Count, from + Enough);
        while (to < shown.Count && to - from < Most && to > from && shifts.ShiftAt(shown[to].At) == shifts.ShiftAt(shown[to - 1].At))
        {
            to++;
        }

        return (Math.Min(from, shown.Count), to);
    }

    private static int StartOfShift(int index, IReadOnlyList<Entry> shown, Shifts shifts)
    {
        var from = Math.Clamp(index, 0, Math.Max(0, shown.Count - 1));
        while (from > 0 && index - from < Most / 2 && shifts.ShiftAt(shown[from - 1].At) == shifts.ShiftAt(shown[from].At))
        {
            from--;
        }

        return from;
    }

    private static List<ShiftPart> Parts(IReadOnlyList<Entry> entries, Shifts shifts, DatedShift? above)
    {
        var parts = new List<ShiftPart>();
        var part = new List<Entry>();
        foreach (var entry in entries)
        {
            if (part.Count > 0 && shifts.ShiftAt(entry.At) != shifts.ShiftAt(part[0].At))
            {
                parts.Add(Part(part, shifts, above));
                part = [];
            }

            part.Add(entry);
        }

        return part.Count == 0 ? parts : [.. parts, Part(part, shifts, parts.Count == 0 ? above : null)];
    }

    private static ShiftPart Part(List<Entry> entries, Shifts shifts, DatedShift? above) =>
        shifts.ShiftAt(entries[0].At) is var shift && shift is not null && shift == above
            ? new(entries[0].At, shift, entries, true)
            : new(entries[0].At, shift, entries, false);

    // Neighbours are mostly of one shift: the last one found is tried first.
    private sealed class Shifts(Unit unit)
    {
        private DatedShift? last;

        public DatedShift? ShiftAt(DateTimeOffset at) =>
            last is { } known && known.Starts <= at && at < known.Ends ? known : last = unit.ShiftAt(at);
    }
}
