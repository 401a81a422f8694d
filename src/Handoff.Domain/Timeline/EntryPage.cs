using Handoff.Domain.Units;

namespace Handoff.Domain.Timeline;

/// <summary>A page of a timeline: whole shifts, newest first.</summary>
/// <param name="Later">The log position of the page's first entry, if there are newer ones; what follows it is asked for with it.</param>
/// <param name="Earlier">The log position of the page's last entry, if there are older ones; what comes before it is asked for with
/// it.</param>
public sealed record EntryPage(IReadOnlyList<ShiftPart> Parts, long? Later, long? Earlier)
{
    public IEnumerable<Entry> Entries => Parts.SelectMany(p => p.Entries);
}

/// <summary>What happened in one shift, newest first.</summary>
/// <param name="Shift">On the unit's clock; null if no shift was on.</param>
/// <param name="IsContinued">The page before began it.</param>
public sealed record ShiftPart(DateTimeOffset At, DatedShift? Shift, IReadOnlyList<Entry> Entries, bool IsContinued)
{
    /// <summary>A shift that crosses midnight belongs to the day on which it began.</summary>
    public DateTimeOffset Day => Shift?.Starts ?? At;
}
