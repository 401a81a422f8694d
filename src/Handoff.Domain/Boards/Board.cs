using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Handoff.Domain.Incidents;
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
    public static Board ForUnit(Unit unit, DateTimeOffset asOf, long position, IEnumerable<BoardCard> cards) =>
        ForUnit(unit, asOf, position, cards.ToList());

    private static Board ForUnit(Unit unit, DateTimeOffset asOf, long position, List<BoardCard> cards) =>
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
            BoardCard.MarkShared(cards, cards.Select(c => c.Bed)).Order(BoardCard.ByRisk).ToList()
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

/// <summary>The patient is not on the unit, or somebody else has them.</summary>
public sealed record Away(string Reason, DateTimeOffset Since, DateTimeOffset? ExpectedReturn, bool IsOverdue)
{
    public static Away? FromLeaveOrPause(LeaveOfAbsence? leave, Pause? pause, DateTimeOffset now) =>
        (leave, pause) switch
        {
            ({ } left, _) => new(left.Kind.Words(), left.Since, left.ExpectedReturn, left.ExpectedReturn <= now),
            (_, { } paused) => new(paused.Reason, paused.Since, paused.ExpectedReturn, paused.ExpectedReturn <= now),
            _ => null,
        };
}
