using System.Text.Json.Serialization;
using Handoff.Domain.Units;

namespace Handoff.Domain.Boards;

/// <summary>
/// One unit as it may hang in a hallway, where patients read it: initials and bed, and what the floor must see. A patient who can foresee
/// the round can use the time
/// between (<see cref="Observations.DueWindow"/>), so nothing here says, or lets anybody reckon, when a look is due or by when it must have
/// been.
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
    public static Wall FromBoard(Board board) =>
        new(
            board.Unit,
            board.AsOf,
            board.Position,
            [.. board.Cards.Select(WallCard.FromCard).Order(WallCard.ByRisk)],
            [.. board.Incidents.Select(incident => incident.HallwaySafe())]
        );

    /// <summary>The unit's id; as JSON, <c>unit</c>.</summary>
    [JsonPropertyName("unit")]
    public string UnitId => Unit.Id;

    public int Overdue => Cards.Count(c => c.IsOverdue);

    public int Away => Cards.Count(c => c.IsAway);

    /// <summary>Whether it may hang where patients read it: always true of a wall.</summary>
    public bool IsHallwaySafe { get; } = true;
}

/// <summary>The facility at a glance for a screen on a wall.</summary>
public sealed record WallOverview(string Facility, DateTimeOffset AsOf, IReadOnlyList<WallOverviewLine> Units)
{
    public static WallOverview FromOverview(Overview overview) =>
        new(overview.Facility, overview.AsOf, [.. overview.Units.Select(WallOverviewLine.FromLine)]);
}
