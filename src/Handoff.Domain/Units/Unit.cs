using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

// Events

/// <param name="Zone">IANA time zone, such as <c>America/Phoenix</c>.</param>
[Stored("unit_opened")]
public sealed record UnitOpened(DateTimeOffset OccurredAt, string Name, string Zone) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Name} opened.";
}

[Stored("beds_set")]
public sealed record BedsSet(DateTimeOffset OccurredAt, IReadOnlyList<string> Beds) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The unit has {Beds.Count} beds: {string.Join(", ", Beds)}.";
}

[Stored("shifts_set")]
public sealed record ShiftsSet(DateTimeOffset OccurredAt, IReadOnlyList<ShiftTime> Shifts) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"The unit works {string.Join(", ", Shifts.Select(s => $"{s.Name} {UnitTime.Typed(s.Starts)}–{UnitTime.Typed(s.Ends)}"))}.";
}

/// <summary>A unit's own word and limit for one level of the fixed core.</summary>
/// <param name="LimitMinutes">The longest time between two sightings, in minutes; never longer than the core's own limit.</param>
public sealed record LocalLevel(ObservationLevel Level, string Name, int LimitMinutes);

[Stored("levels_set")]
public sealed record LevelsSet(DateTimeOffset OccurredAt, IReadOnlyList<LocalLevel> Levels, ObservationLevel OnAdmission)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Observation levels: {string.Join(", ", Levels.Select(l => $"{l.Name} within {l.LimitMinutes} min"))}; on admission {OnAdmission.UsualName()}.";
}

[Stored("places_set")]
public sealed record PlacesSet(DateTimeOffset OccurredAt, IReadOnlyList<string> Places) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Places on the unit: {string.Join(", ", Places)}.";
}

[Stored("handoff_template_set")]
public sealed record HandoffTemplateSet(DateTimeOffset OccurredAt, HandoffTemplate Template) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Hand-overs are written as {Template.Words()}.";
}

// State

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

    /// <summary>How hand-overs are written here.</summary>
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

    /// <summary>The unit's own label of the bed that a feed names; a bed that the unit doesn't have, as it was sent, at most 20 characters.</summary>
    public string? BedOf(string? room, string? bed) => FeedPlace.Bed(Beds, room, bed);

    public LocalLevel Local(ObservationLevel level) =>
        Levels.FirstOrDefault(l => l.Level == level) ?? new(level, level.UsualName(), (int)level.UsualLimit().TotalMinutes);

    /// <summary>The shift that an event of this moment belongs to: the first of the pattern that is on.</summary>
    public DatedShift? ShiftAt(DateTimeOffset instant) => Shifts.On(instant, Time()).FirstOrDefault();

    public override string? OnUnit() => Id;

    public override State Evolve(Recorded fact) =>
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

// Commands

/// <summary>Open a unit, or change its name or time zone.</summary>
public sealed record OpenUnit(string? Name, string? Zone) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, Situation now) =>
        Text.Line(Name) switch
        {
            _ when !Unit.IsId(Key) => Refusal.Invalid(
                "unit-id-invalid",
                "A unit's id is 1 to 40 small letters, digits and hyphens, such as 2-west.",
                "unit"
            ),
            null => Refusal.Missing("name", "Give the unit a name."),
            { Length: > Text.NameLimit } name => Text.TooLong(name, Text.NameLimit, "name")!,
            _ when Zone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _) => Refusal.Invalid(
                "zone-unknown",
                "That time zone is not known. Write it as America/Chicago.",
                "zone"
            ),
            var name when (name, Zone) == (state.Name, state.Zone) => [],
            var name => new UnitOpened(now.Now, name, Zone),
        };
}

public sealed record SetBeds(IReadOnlyList<string>? Beds) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, Situation now)
    {
        var beds = UnitRules.Lines(Beds);
        return beds switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            [] => Refusal.Missing("beds", "Name at least one bed."),
            { Count: > 200 } => Refusal.Invalid("beds-too-many", "A unit has at most 200 beds here. Split it.", "beds"),
            _ when beds.Any(b => b.Length > 20) => Refusal.Invalid("bed-name-too-long", "A bed's name has at most 20 characters.", "beds"),
            _ when beds.SequenceEqual(state.Beds) => [],
            _ => new BedsSet(now.Now, beds),
        };
    }
}

public sealed record SetShifts(IReadOnlyList<ShiftTime>? Shifts) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, Situation now)
    {
        List<ShiftTime> shifts =
        [
            .. (Shifts ?? []).Select(s => new ShiftTime(Text.Line(s?.Name) ?? "", s?.Starts ?? default, s?.Ends ?? default)),
        ];
        return shifts switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            [] => Refusal.Missing("shifts", "Name at least one shift."),
            _ when shifts.Any(s => s.Name.Length is 0 or > 40) => Refusal.Invalid(
                "shift-name-invalid",
                "Give each shift a name of at most 40 characters.",
                "shifts"
            ),
            _ when shifts.DistinctBy(s => s.Name).Count() < shifts.Count => Refusal.Invalid(
                "shift-name-twice",
                "Two shifts have the same name.",
                "shifts"
            ),
            _ when !UnitRules.CoverTheDay(shifts) => Refusal.Invalid(
                "shifts-leave-gap",
                "The shifts leave part of the day with nobody on.",
                "shifts"
            ),
            _ when shifts.SequenceEqual(state.Shifts) => [],
            _ => new ShiftsSet(now.Now, shifts),
        };
    }
}

public sealed record SetLevels(IReadOnlyList<LocalLevel>? Levels, ObservationLevel? OnAdmission) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, Situation now)
    {
        List<LocalLevel> levels =
        [
            .. (Levels ?? [])
                .Select(l => new LocalLevel(l?.Level ?? default, Text.Line(l?.Name) ?? "", l?.LimitMinutes ?? 0))
                .OrderBy(l => l.Level),
        ];
        return levels switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            [] => Refusal.Missing("levels", "Name at least one observation level."),
            _ when levels.DistinctBy(l => l.Level).Count() < levels.Count => Refusal.Invalid(
                "level-twice",
                "Each level stands once.",
                "levels"
            ),
            _ when levels.Any(l => l.Name.Length is 0 or > 20) => Refusal.Invalid(
                "level-name-invalid",
                "Give each level a name of at most 20 characters.",
                "levels"
            ),
            _ when levels.DistinctBy(l => l.Name).Count() < levels.Count => Refusal.Invalid(
                "level-name-twice",
                "Two levels have the same name.",
                "levels"
            ),
            _ when levels.Any(l => l.LimitMinutes < 1 || l.LimitMinutes > l.Level.UsualLimit().TotalMinutes) => Refusal.Invalid(
                "limit-out-of-range",
                "A unit's limit may be shorter than the level's own, never longer.",
                "levels"
            ),
            _ when OnAdmission is null || levels.All(l => l.Level != OnAdmission) => Refusal.Invalid(
                "admission-level-unknown",
                "The level on admission must be one of the unit's levels.",
                "onAdmission"
            ),
            _ when levels.SequenceEqual(state.Levels) && OnAdmission == state.OnAdmission => [],
            _ => new LevelsSet(now.Now, levels, OnAdmission.Value),
        };
    }
}

public sealed record SetPlaces(IReadOnlyList<string>? Places) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, Situation now)
    {
        var places = UnitRules.Lines(Places);
        return places switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            { Count: < 3 } => Refusal.Invalid("places-too-few", "Name at least three places; the first three are one tap away.", "places"),
            { Count: > 40 } => Refusal.Invalid("places-too-many", "Name at most 40 places.", "places"),
            _ when places.Any(p => p.Length > 40) => Refusal.Invalid(
                "place-name-too-long",
                "A place's name has at most 40 characters.",
                "places"
            ),
            _ when places.SequenceEqual(state.Places) => [],
            _ => new PlacesSet(now.Now, places),
        };
    }
}

public sealed record SetHandoffTemplate(HandoffTemplate? Template) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, Situation now) =>
        Template switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            null => Refusal.Missing("template", "Choose how hand-overs are written."),
            var template when template == state.Template => [],
            var template => new HandoffTemplateSet(now.Now, template.Value),
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
