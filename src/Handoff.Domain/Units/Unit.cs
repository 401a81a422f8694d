using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>A unit's own word and limit for one level of the fixed core.</summary>
/// <param name="LimitMinutes">The longest time between two sightings, in minutes; never longer than the core's own limit.</param>
public sealed record LocalLevel(ObservationLevel Level, string Name, int LimitMinutes);

/// <summary>A unit's configuration, each version of it an event. Its key is the unit's own short id, such as <c>2-west</c>.</summary>
[Stored("unit")]
public sealed record Unit : State
{
    /// <summary>Room, day room and hallway cover 95 % of checks; the unit's first three are one tap away.</summary>
    public static readonly IReadOnlyList<string> UsualPlaces =
    [
        "Room",
        "Day room",
        "Hallway",
        "Bathroom",
        "Dining room",
        "Group room",
        "Courtyard",
        "Quiet room",
        "Nurses' station",
    ];

    public string Id { get; init; } = "";

    public string? Name { get; init; }

    public string Zone { get; init; } = "UTC";

    public IReadOnlyList<string> Beds { get; init; } = [];

    public IReadOnlyList<ShiftTime> Shifts { get; init; } = ShiftPattern.EightHours;

    public IReadOnlyList<LocalLevel> Levels { get; init; } =
    [.. Enum.GetValues<ObservationLevel>().Select(l => new LocalLevel(l, l.UsualName(), (int)l.UsualLimit().TotalMinutes))];

    public ObservationLevel OnAdmission { get; init; } = ObservationLevel.Q15;

    public IReadOnlyList<string> Places { get; init; } = UsualPlaces;

    public IReadOnlyList<Rung> Ladder { get; init; } = EscalationLadder.Usual;

    public IReadOnlyList<PauseReason> PauseReasons { get; init; } = Pauses.Usual;

    public WatchRules WatchRules { get; init; } = WatchRules.Usual;

    /// <summary>How handoffs are written here.</summary>
    public HandoffTemplate Template { get; init; } = HandoffTemplate.IPass;

    /// <summary>Who opened the unit: in charge of it until somebody else is.</summary>
    public Staff? OpenedBy { get; init; }

    /// <summary>Whether a unit could have this id: 1 to 40 small letters, digits and hyphens.</summary>
    public static bool IsId(string? id) =>
        id is { Length: > 0 and <= 40 } && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public bool IsOpen() => Name is not null;

    public UnitTime Time() => UnitTime.In(Zone);

    /// <summary>Whether a feed's point of care means this unit: its id, in any case and with blanks for hyphens, or its name.</summary>
    public bool IsCalled(string? pointOfCare) => IsOpen() && (FeedPlace.IsName(Id, pointOfCare) || FeedPlace.IsName(Name, pointOfCare));

    /// <summary>
    /// The unit's own label of the bed that a feed names; a bed that the unit doesn't have, as it was sent, at most 20 characters.
    /// </summary>
    public string? BedOf(string? room, string? bed) => FeedPlace.Bed(Beds, room, bed);

    public LocalLevel Local(ObservationLevel level) =>
        Levels.FirstOrDefault(l => l.Level == level) ?? new(level, level.UsualName(), (int)level.UsualLimit().TotalMinutes);

    /// <summary>The shift that an event of this moment belongs to: the first of the pattern that is on.</summary>
    public DatedShift? ShiftAt(DateTimeOffset instant) => Shifts.On(instant, Time()).FirstOrDefault();

    public override string? OnUnit() => Id;

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            UnitOpened e => this with { Id = fact.Key, Name = e.Name, Zone = e.Zone, OpenedBy = OpenedBy ?? fact.By },
            BedsSet e => this with { Beds = e.Beds },
            ShiftsSet e => this with { Shifts = e.Shifts },
            LevelsSet e => this with { Levels = e.Levels, OnAdmission = e.OnAdmission },
            PlacesSet e => this with { Places = e.Places },
            LadderSet e => this with { Ladder = e.Rungs },
            PauseReasonsSet e => this with { PauseReasons = e.Reasons },
            WatchRulesSet e => this with { WatchRules = new(e.MissesInARow, e.BathroomMinutes, e.Bathrooms) },
            HandoffTemplateSet e => this with { Template = e.Template },
            _ => this,
        };
}

internal static class UnitRules
{
    public static readonly Refusal NotOpen = Refusal.NotFound("unit-unknown", "There is no such unit.", "unit");

    public static List<string> Lines(IReadOnlyList<string>? typed) => [.. (typed ?? []).Select(Text.Line).OfType<string>().Distinct()];

    public static bool CoverTheDay(IReadOnlyList<ShiftTime> shifts) =>
        Enumerable.Range(0, 24 * 60).All(minute => shifts.Any(s => IsOn(s, TimeOnly.MinValue.AddMinutes(minute))));

    // TimeOnly.IsBetween wraps around midnight; a shift that starts when it ends lasts the whole day.
    private static bool IsOn(ShiftTime shift, TimeOnly at) => shift.Starts == shift.Ends || at.IsBetween(shift.Starts, shift.Ends);
}
