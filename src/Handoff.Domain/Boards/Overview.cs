namespace Handoff.Domain.Boards;

/// <summary>The facility at a glance: one line for each unit.</summary>
public sealed record Overview(string Facility, DateTimeOffset AsOf, IReadOnlyList<OverviewLine> Units);

/// <param name="OldestOverdue">Since when the longest-overdue check is overdue.</param>
public sealed record OverviewLine(
    string Unit,
    string Name,
    string? Shift,
    int Beds,
    int Patients,
    int Away,
    int Due,
    int Overdue,
    DateTimeOffset? OldestOverdue
)
{
    /// <summary>Incidents that go on.</summary>
    public int Incidents { get; init; }

    /// <summary>Patients with a concern that nobody has acknowledged.</summary>
    public int Concerns { get; init; }

    public static OverviewLine FromBoard(Board board) =>
        new(
            board.Unit.Id,
            board.Unit.Name,
            board.Unit.Shift,
            board.Unit.Beds,
            board.Cards.Count,
            board.Away,
            board.Due,
            board.Overdue,
            board.Cards.Where(c => c.IsOverdue).Min(c => c.Limit)
        )
        {
            Incidents = board.Incidents.Count,
            Concerns = board.Cards.Count(c => c.Concern is not null),
        };
}
