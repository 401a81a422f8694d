using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Timeline;

namespace Handoff.Domain.Boards;

/// <summary>
/// What somebody who comes on needs of the patients they have or are to have: what changed since they last worked, and what is due soon.
/// </summary>
/// <param name="Worked">When they last went off a shift of the unit; null if that was longer ago than <see cref="Remembered"/>, or
/// never.</param>
/// <param name="Since">From when on changes are told: from <paramref name="Worked"/>, else of the last <see cref="Otherwise"/>.</param>
/// <param name="IsWhole">Nobody is theirs, so it is the whole unit.</param>
/// <param name="Due">What is due within <see cref="Soon"/> or overdue, by time; the checks stand on the cards.</param>
public sealed record MyPatients(
    string Unit,
    DateTimeOffset AsOf,
    long Position,
    DateTimeOffset? Worked,
    DateTimeOffset Since,
    bool IsWhole,
    IReadOnlyList<MyPatient> Patients,
    IReadOnlyList<DueSoon> Due
)
{
    /// <summary>Shifts are looked at so far back.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    public static readonly TimeSpan Otherwise = TimeSpan.FromHours(72);

    public static readonly TimeSpan Soon = TimeSpan.FromHours(2);

    /// <summary>When somebody went off before the shift on which they are now; if nobody said so, when that shift ended.</summary>
    public static DateTimeOffset? LastWorked(string person, IEnumerable<Shift> shifts, DateTimeOffset now) =>
        shifts
            .SelectMany(shift => shift.People.Where(p => p.Who.Id == person).Select(p => p.Until ?? shift.Ends))
            .Where(until => until < now)
            .Select(until => (DateTimeOffset?)until)
            .Max();
}
