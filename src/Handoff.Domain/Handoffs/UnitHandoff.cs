using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>A unit's handoff as it stands: who is on, who has whom, and how far each patient is prepared.</summary>
/// <param name="Position">The log position up to which it speaks: the watermark of what is handed over from it.</param>
/// <param name="Patients">Unstable first, then watchers, then by bed.</param>
public sealed record UnitHandoff(
    string Unit,
    string Name,
    HandoffTemplate Template,
    DateTimeOffset AsOf,
    long Position,
    Staff? InCharge,
    IReadOnlyList<ShiftLine> Shifts,
    IReadOnlyList<HandoffPatient> Patients
)
{
    /// <summary>The unit's observation levels in its own words.</summary>
    public IReadOnlyList<LocalLevel> Levels { get; init; } = [];

    /// <summary>Who was moved to a place that is not ours, and the report to it is still to be given.</summary>
    public IReadOnlyList<LeftPatient> Left { get; init; } = [];

    public IEnumerable<HandoffPatient> GivenBy(string person) => Patients.Where(p => p.Responsible?.Id == person);

    public IEnumerable<HandoffPatient> For(string person) => Patients.Where(p => p.Next?.Id == person);

    /// <summary>Who can be given patients: everybody who is on a shift that is on or comes next, each once for each shift.</summary>
    public IEnumerable<(ShiftLine Shift, PersonOn Person)> Assignable() =>
        from shift in Shifts
        where shift.Ends > AsOf
        from person in shift.People
        where person.Until is null
        select (shift, person);

    /// <summary>
    /// Whose huddle it is now: the one that is under way; in the half hour before a change the coming shift's; else the one's that is on.
    /// </summary>
    public ShiftLine? Huddling() =>
        Shifts.LastOrDefault(s => s.Huddle is { Ended: null } huddle && AsOf - (huddle.Turned ?? huddle.Began) < TimeSpan.FromHours(1))
        ?? Shifts.FirstOrDefault(s => s.Starts > AsOf && s.Starts - AsOf < TimeSpan.FromMinutes(30))
        ?? Shifts.FirstOrDefault(s => s.IsOn);

    /// <summary>Giving comes into sight so long before the end of a shift.</summary>
    public static readonly TimeSpan NearEnd = TimeSpan.FromMinutes(90);

    /// <summary>When somebody's shift ends: the last one on which they are now; null if they are on none.</summary>
    public DateTimeOffset? EndsFor(string? person) =>
        Shifts.Where(s => s.Starts <= AsOf && s.People.Any(p => p.Until is null && p.Who.Id == person)).Max(s => (DateTimeOffset?)s.Ends);

    /// <summary>Whether it is time to hand over what somebody has: their shift ends soon or is over, or they are on none.</summary>
    public bool IsGivingTime(string? person) => !(EndsFor(person) - AsOf > NearEnd);

    /// <summary>What somebody has given and is responsible for until it is accepted.</summary>
    public IEnumerable<HandoffPatient> WaitingOf(string person) =>
        Patients.Where(p => p.Standing == HandoffStanding.Given && (p.Responsible?.Id == person || p.SentBy?.Id == person));

    /// <summary>What somebody gave and was accepted, until they have said that nothing was left out.</summary>
    public IEnumerable<HandoffPatient> AcceptedOf(string person) =>
        Patients.Where(p => p.Last is { ClosedAt: null } last && last.IsOf(person) && AsOf - last.At < AcceptedHandoff.LooksBack);

    public HandoffPatient? Patient(Guid? stay) => Patients.FirstOrDefault(p => p.Stay == stay);
}

/// <summary>A patient who left the unit for a place that is not ours, and the open point that they left behind.</summary>
public sealed record LeftPatient(Guid Stay, string Name, OpenLoop Loop);

/// <param name="Until">When they went off; null while they are on.</param>
public sealed record PersonOn(Staff Who, DateTimeOffset Since, DateTimeOffset? Until, string? Reason, bool IsLate);

/// <summary>
/// Untouched: nobody has judged how ill they are. LoopOpen: something open was not spoken for. Ready: can be given. Given: waits to be
/// accepted.
/// </summary>
public enum HandoffStanding
{
    Untouched,
    LoopOpen,
    Ready,
    Given,
}

/// <summary>Who gave a patient to whom last.</summary>
/// <param name="From">The giver; <paramref name="By"/> sent it in.</param>
/// <param name="ClosedAt">When the giver said that nothing was left out.</param>
public sealed record LastHandoff(Guid Id, Staff From, Staff? By, Staff To, DateTimeOffset At, DateTimeOffset? ClosedAt)
{
    public bool IsOf(string person) => From.Id == person || By?.Id == person;
}

/// <summary>How far back the lines that write themselves look.</summary>
public enum HandoffWindow
{
    Shift,
    Day,
    ThreeDays,
    Stay,
}
