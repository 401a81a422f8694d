using System.Text.Json.Serialization;
using Handoff.Domain.Units;

namespace Handoff.Domain.Boards;

/// <summary>
/// One patient in a hallway. It has no time in it at all: when somebody was last seen and how often they are to be seen make the limit.
/// Whether a look is due is not said
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

    public static WallCard FromCard(BoardCard card) =>
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
