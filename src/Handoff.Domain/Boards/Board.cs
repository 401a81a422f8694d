using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Boards;

/// <summary>One unit as it stands: its patients, and what each of them needs.</summary>
/// <param name="Unit">The unit's name, clock and shift; as JSON, <c>details</c>.</param>
/// <param name="AsOf">The moment that it shows, on the unit's clock.</param>
/// <param name="Position">The log position up to which it speaks.</param>
public sealed record Board(
    [property: JsonPropertyName("details")] BoardUnit Unit,
    DateTimeOffset AsOf,
    long Position,
    IReadOnlyList<BoardCard> Cards
)
{
    public static Board Of(Unit unit, DateTimeOffset asOf, long position, IEnumerable<BoardCard> cards) =>
        new(
            new(
                unit.Id,
                unit.Name ?? unit.Id,
                unit.Zone,
                unit.Beds.Count,
                unit.ShiftAt(asOf)?.Name,
                unit.ShiftAt(asOf)?.Starts,
                unit.ShiftAt(asOf)?.Ends
            ),
            unit.Time().Local(asOf),
            position,
            MarkShared(cards).Order(BoardCard.ByRisk).ToList()
        );

    /// <summary>The incidents that go on now, the latest first.</summary>
    public IReadOnlyList<BoardIncident> Incidents { get; init; } = [];

    /// <summary>The unit's id; as JSON, <c>unit</c>.</summary>
    [JsonPropertyName("unit")]
    public string UnitId => Unit.Id;

    public int Overdue => Cards.Count(c => c.IsOverdue);

    public int Due => Cards.Count(c => c is { IsDue: true, IsOverdue: false });

    public int Away => Cards.Count(c => c.Away is not null);

    /// <summary>One patient's card; <see cref="BoardCard.Gone"/> if they are not on the unit.</summary>
    public BoardCard Card(Guid stay) => Cards.FirstOrDefault(c => c.Stay == stay) ?? BoardCard.Gone(stay, Position);

    /// <summary>A board has names; what may hang in a hallway is a <see cref="Wall"/>.</summary>
    public bool IsHallwaySafe { get; }

    private static List<BoardCard> MarkShared(IEnumerable<BoardCard> cards)
    {
        var all = cards.ToList();
        var taken = all.Where(c => c.Bed is not null).GroupBy(c => c.Bed).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        return [.. all.Select(c => taken.Contains(c.Bed) ? c with { IsBedShared = true } : c)];
    }
}

/// <param name="Beds">How many beds the unit has.</param>
public sealed record BoardUnit(
    string Id,
    string Name,
    string Zone,
    int Beds,
    string? Shift,
    DateTimeOffset? ShiftStarts,
    DateTimeOffset? ShiftEnds
);

/// <summary>One patient on the board.</summary>
/// <param name="Level">The core's level; <paramref name="LevelName"/> is the unit's word for it. Null for the moment between an admission and its first level.</param>
/// <param name="NextDue">When somebody is asked to look; <paramref name="Limit"/> is by when they must have. Null while the patient is away.</param>
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

    /// <summary>Worse first: not breathing, in an incident or with a concern that nobody has answered, overdue, late from leave or foreseen and come true, due, closer observation, then by bed.</summary>
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

    /// <summary>4 a person not breathing, in an incident, or with a concern unanswered, 3 overdue, 2 not back from leave, unseen in a bathroom, without the order that was asked for, or what was foreseen came true and nobody answered, 1 due, 0 as it should be.</summary>
    public int Risk =>
        this switch
        {
            { Watch.Breathing: not null } or { Incident: not null } or { Concern: not null } => 4,
            { IsOverdue: true } => 3,
            { Away.IsOverdue: true } or { Care.Fired.Count: > 0 } or { Watch.UnseenInBathroom: not null } or { Watch.IsOrderLate: true } =>
                2,
            { IsDue: true } => 1,
            _ => 0,
        };

    /// <summary>A patient's card from everything that is known of them.</summary>
    /// <param name="states">The patient's other states, one of a kind, and their open tasks and concerns.</param>
    public static BoardCard Of(Stay stay, IReadOnlyCollection<State> states, UnitTime time, DateTimeOffset now, long version)
    {
        var (rounding, work) = (states.OfType<Rounding>().FirstOrDefault(), CardWork.Of(states, time, now));
        return Of(stay, rounding, time, now, version) with
        {
            Status = CardStatus.Of(states.OfType<PatientStatus>().FirstOrDefault(), rounding, time, now),
            Helped = [.. states.OfType<WhatHelps>().FirstOrDefault()?.Techniques().Select(one => one.Technique.Words()) ?? []],
            Tasks = work.Tasks,
            Concern = work.Concern,
        };
    }

    public static BoardCard Of(Stay stay, Rounding? rounding, UnitTime time, DateTimeOffset now, long version) =>
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
            LastSeen.Of(rounding?.Last(), time),
            rounding?.Due is { } due ? time.Local(due.Asks) : null,
            rounding?.Due is { } window ? time.Local(window.Limit) : null,
            rounding?.Due?.Asks <= now,
            rounding?.Due?.Limit <= now,
            rounding?.Missed ?? 0,
            Away.Of(stay.Leave, rounding?.Pause, now),
            IsBedShared: false,
            version
        )
        {
            Watch = CardWatch.Of(rounding, time, now),
        };

    /// <summary>Bed 2 comes before bed 10: numbers are compared as numbers.</summary>
    internal static int CompareBeds(string? a, string? b) => string.CompareOrdinal(Counted(a), Counted(b));

    private static string? Counted(string? bed) => bed is null ? null : Number().Replace(bed, digits => digits.Value.PadLeft(20, '0'));

    [GeneratedRegex("[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    // Names read "Family, Given": the initials of both.
    internal static string InitialsOf(string name) =>
        string.Concat(name.Split(", ", 2).Select(part => new Patient("", part, "").Initials()));
}

/// <param name="By">Who saw the patient.</param>
public sealed record LastSeen(
    Guid Check,
    DateTimeOffset At,
    string Place,
    bool IsAsleep,
    bool? BreathingSeen,
    string? Remark,
    EvidenceGrade Evidence,
    string? By
)
{
    public static LastSeen? Of(Sighting? sighting, UnitTime time) =>
        sighting is null
            ? null
            : new(
                sighting.Check,
                time.Local(sighting.At),
                sighting.Place,
                sighting.IsAsleep,
                sighting.BreathingSeen,
                sighting.Activity?.Words(),
                sighting.Evidence,
                sighting.By
            );
}

/// <summary>The patient is not on the unit, or somebody else has them.</summary>
public sealed record Away(string Reason, DateTimeOffset Since, DateTimeOffset? ExpectedReturn, bool IsOverdue)
{
    public static Away? Of(LeaveOfAbsence? leave, Pause? pause, DateTimeOffset now) =>
        (leave, pause) switch
        {
            ({ } left, _) => new(left.Kind.Words(), left.Since, left.ExpectedReturn, left.ExpectedReturn <= now),
            (_, { } paused) => new(paused.Reason, paused.Since, paused.ExpectedReturn, paused.ExpectedReturn <= now),
            _ => null,
        };
}
