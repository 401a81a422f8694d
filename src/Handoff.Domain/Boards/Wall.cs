using System.Text.Json.Serialization;
using Handoff.Domain.Units;

namespace Handoff.Domain.Boards;

/// <summary>
/// One unit as it may hang in a hallway, where patients read it: initials and bed, and what the floor must see. A patient who can foresee the round can use the time
/// between (<see cref="Observations.DueWindow"/>), so nothing here says, or lets anybody reckon, when a look is due or by when it must have been.
/// </summary>
/// <param name="Unit">The unit's name, clock and shift; as JSON, <c>details</c>.</param>
/// <param name="AsOf">The moment that it shows, on the unit's clock.</param>
/// <param name="Position">The log position up to which it speaks.</param>
/// <param name="Incidents">Kind and place of those that go on; not who is in them.</param>
public sealed record Wall(
    [property: JsonPropertyName("details")] BoardUnit Unit,
    DateTimeOffset AsOf,
    long Position,
    IReadOnlyList<WallCard> Cards,
    IReadOnlyList<BoardIncident> Incidents
)
{
    public static Wall Of(Board board) =>
        new(
            board.Unit,
            board.AsOf,
            board.Position,
            [.. board.Cards.Select(WallCard.Of).Order(WallCard.ByRisk)],
            [.. board.Incidents.Select(incident => incident.HallwaySafe())]
        );

    /// <summary>The unit's id; as JSON, <c>unit</c>.</summary>
    [JsonPropertyName("unit")]
    public string UnitId => Unit.Id;

    public int Overdue => Cards.Count(c => c.IsOverdue);

    public int Away => Cards.Count(c => c.IsAway);

    public bool IsHallwaySafe { get; } = true;
}

/// <summary>
/// One patient in a hallway. It has no time in it at all: when somebody was last seen and how often they are to be seen make the limit. Whether a look is due is not said
/// either, for that is the window itself; that it is overdue is, without since when.
/// </summary>
/// <param name="Name">Initials.</param>
/// <param name="IsBreathingUnseen">At the last look nobody saw them breathe.</param>
/// <param name="HasConcern">A concern about them is not acknowledged.</param>
/// <param name="IsAway">Not on the unit, or somebody else has them.</param>
/// <param name="IsLate">Away, and not back when they were expected.</param>
/// <param name="Version">Grows with every change of the card; a client keeps the highest it has seen.</param>
/// <param name="IsGone">The patient has left the unit; nothing else is said then.</param>
public sealed record WallCard(
    Guid Stay,
    string? Bed,
    string Name,
    string Unit,
    ObservationLevel? Level,
    string? LevelName,
    bool IsOverdue,
    bool IsBreathingUnseen,
    bool HasConcern,
    bool IsAway,
    bool IsLate,
    bool IsBedShared,
    long Version,
    bool IsGone
)
{
    /// <summary>As on a board, without what is due: who comes nearer to their time must not move up.</summary>
    public static readonly IComparer<WallCard> ByRisk = Comparer<WallCard>.Create(
        (a, b) =>
            (
                b.Risk.CompareTo(a.Risk),
                Nullable.Compare(b.Level, a.Level),
                BoardCard.CompareBeds(a.Bed, b.Bed),
                a.Stay.CompareTo(b.Stay)
            ) switch
            {
                (not 0 and var risk, _, _, _) => risk,
                (_, not 0 and var level, _, _) => level,
                (_, _, not 0 and var bed, _) => bed,
                var (_, _, _, stay) => stay,
            }
    );

    /// <summary>4 a person not breathing or with a concern unanswered, 3 overdue, 2 not back, 0 anything else.</summary>
    public int Risk =>
        this switch
        {
            { IsBreathingUnseen: true } or { HasConcern: true } => 4,
            { IsOverdue: true } => 3,
            { IsLate: true } => 2,
            _ => 0,
        };

    public static WallCard Of(BoardCard card) =>
        new(
            card.Stay,
            card.Bed,
            BoardCard.InitialsOf(card.Name),
            card.Unit,
            card.Level,
            card.LevelName,
            card.IsOverdue,
            card.Watch?.Breathing is not null,
            card.Concern is not null,
            card.Away is not null,
            card.Away is { IsOverdue: true },
            card.IsBedShared,
            card.Version,
            card.IsGone
        );
}

/// <summary>The facility at a glance for a screen on a wall.</summary>
public sealed record WallOverview(string Facility, DateTimeOffset AsOf, IReadOnlyList<WallOverviewLine> Units)
{
    public static WallOverview Of(Overview overview) =>
        new(overview.Facility, overview.AsOf, [.. overview.Units.Select(WallOverviewLine.Of)]);
}

/// <summary>One unit for a screen on a wall: how many checks are overdue, and neither since when nor how many are due.</summary>
public sealed record WallOverviewLine(
    string Unit,
    string Name,
    string? Shift,
    int Beds,
    int Patients,
    int Away,
    int Overdue,
    int Incidents,
    int Concerns
)
{
    public static WallOverviewLine Of(OverviewLine line) =>
        new(line.Unit, line.Name, line.Shift, line.Beds, line.Patients, line.Away, line.Overdue, line.Incidents, line.Concerns);
}
