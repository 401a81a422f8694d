using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Boards;

/// <summary>One patient on the board.</summary>
/// <param name="Level">The core's level; <paramref name="LevelName"/> is the unit's word for it. Null for the moment between an admission
/// and its first level.</param>
/// <param name="NextDue">When somebody is asked to look; <paramref name="Limit"/> is by when they must have. Null while the patient is
/// away.</param>
/// <param name="Missed">Limits in a row that have passed.</param>
/// <param name="Version">Grows with every change of the card; a client keeps the highest it has seen.</param>
/// <param name="IsGone">The patient has left the unit; nothing else is said then.</param>
public sealed partial record BoardCard(
    Guid Stay,
    string? Mrn,
    string? Bed,
    string Name,
    string Unit,
    ObservationLevel? Level,
    string? LevelName,
    int? LimitMinutes,
    DateTimeOffset? LevelUntil,
    LastSeen? LastSeen,
    DateTimeOffset? NextDue,
    DateTimeOffset? Limit,
    bool IsDue,
    bool IsOverdue,
    int Missed,
    Away? Away,
    bool IsBedShared,
    long Version,
    bool IsGone = false
)
{
    /// <summary>What has calmed the patient in a crisis, the most recent first.</summary>
    public IReadOnlyList<string> Helped { get; init; } = [];

    /// <summary>The patient's open tasks; null if there are none.</summary>
    public CardTasks? Tasks { get; init; }

    /// <summary>A concern that nobody has acknowledged; null if there is none.</summary>
    public CardConcern? Concern { get; init; }

    /// <summary>The patient is no longer on this unit; where they are now is not this unit's to know.</summary>
    public static BoardCard Gone(Guid stay, long version) =>
        new(stay, null, null, "", "", null, null, null, null, null, null, null, false, false, 0, null, false, version, IsGone: true);

    /// <summary>
    /// Worse first: not breathing, in an incident or with a concern that nobody has answered, overdue, late from leave or foreseen and come
    /// true, due, closer observation, then by bed.
    /// </summary>
    public static readonly IComparer<BoardCard> ByRisk = Comparer<BoardCard>.Create(
        (a, b) =>
            (b.Risk.CompareTo(a.Risk), Nullable.Compare(b.Level, a.Level), CompareBeds(a.Bed, b.Bed), a.Stay.CompareTo(b.Stay)) switch
            {
                (not 0 and var risk, _, _, _) => risk,
                (_, not 0 and var level, _, _) => level,
                (_, _, not 0 and var bed, _) => bed,
                var (_, _, _, stay) => stay,
            }
    );

    /// <summary>
    /// 4 a person not breathing, in an incident, or with a concern unanswered, 3 overdue, 2 not back from leave, unseen in a bathroom,
    /// with something marked that is late, or what was foreseen came true and nobody answered, 1 due, 0 as it should be.
    /// </summary>
    public int Risk =>
        this switch
        {
            { Watch.Breathing: not null } or { Incident: not null } or { Concern: not null } => 4,
            { IsOverdue: true } => 3,
            { Away.IsOverdue: true } or { Care.Fired.Count: > 0 } or { Watch.UnseenInBathroom: not null } => 2,
            _ when Marks.Any(mark => mark.IsLate) => 2,
            { IsDue: true } => 1,
            _ => 0,
        };

    /// <summary>A patient's card from everything that is known of them.</summary>
    /// <param name="states">The patient's other states, one of a kind, and their open tasks and concerns.</param>
    public static BoardCard ForStay(Stay stay, IReadOnlyCollection<State> states, UnitTime time, DateTimeOffset now, long version)
    {
        var (rounding, work) = (states.OfType<Rounding>().FirstOrDefault(), CardWork.FromStates(states, time, now));
        return ForStay(stay, rounding, time, now, version) with
        {
            Status = CardStatus.FromStatus(states.OfType<PatientStatus>().FirstOrDefault(), rounding, time, now),
            Helped = [.. states.OfType<WhatHelps>().FirstOrDefault()?.Techniques().Select(one => one.Technique.Words()) ?? []],
            Tasks = work.Tasks,
            Concern = work.Concern,
            Marks = CardMark.FromLoops(stay.Id, states, time, now),
        };
    }

    public static BoardCard ForStay(Stay stay, Rounding? rounding, UnitTime time, DateTimeOffset now, long version) =>
        new(
            stay.Id,
            stay.Patient.Mrn,
            stay.Where()?.Bed,
            stay.Patient.Name(),
            stay.Where()?.Unit ?? "",
            rounding?.Level,
            rounding?.LevelName,
            rounding?.LimitMinutes,
            rounding?.LevelUntil,
            LastSeen.FromSighting(rounding?.Last(), time),
            rounding?.Due is { } due ? time.Local(due.Asks) : null,
            rounding?.Due is { } window ? time.Local(window.Limit) : null,
            rounding?.Due?.Asks <= now,
            rounding?.Due?.Limit <= now,
            rounding?.Missed ?? 0,
            Away.FromLeaveOrPause(stay.Leave, rounding?.Pause, now),
            IsBedShared: false,
            version
        )
        {
            Watch = CardWatch.FromRounding(rounding, time),
        };

    /// <summary>Marks each card whose bed somebody else has too.</summary>
    /// <param name="beds">The beds of all patients on the unit, also of those without a card here.</param>
    public static IEnumerable<BoardCard> MarkShared(IEnumerable<BoardCard> cards, IEnumerable<string?> beds)
    {
        var shared = beds.OfType<string>().GroupBy(bed => bed).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet();
        return cards.Select(c => c.Bed is { } bed && shared.Contains(bed) ? c with { IsBedShared = true } : c);
    }

    /// <summary>Bed 2 comes before bed 10: numbers are compared as numbers.</summary>
    internal static int CompareBeds(string? a, string? b) => string.CompareOrdinal(Counted(a), Counted(b));

    private static string? Counted(string? bed) => bed is null ? null : Number().Replace(bed, digits => digits.Value.PadLeft(20, '0'));

    [GeneratedRegex("[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    // Names read "Family, Given": the initials of both.
    internal static string InitialsOf(string name) =>
        string.Concat(name.Split(", ", 2).Select(part => new Patient("", part, "").Initials()));
}
