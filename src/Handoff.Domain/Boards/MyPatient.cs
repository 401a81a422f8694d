using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;

namespace Handoff.Domain.Boards;

/// <param name="IsComing">Assigned to them and not accepted yet.</param>
/// <param name="Changes">How many entries of note were recorded since they last worked.</param>
/// <param name="Latest">The latest of them, newest first; what is counted is one line.</param>
/// <param name="Unread">How many of them were recorded since they last opened the record.</param>
/// <param name="Opened">When that was; null for not within the days that are told.</param>
public sealed record MyPatient(
    BoardCard Card,
    bool IsComing,
    int Changes,
    IReadOnlyList<ChangeLine> Latest,
    int Unread,
    DateTimeOffset? Opened
)
{
    public const int Told = 5;

    public static MyPatient FromCard(
        BoardCard card,
        string person,
        History history,
        DateTimeOffset since,
        DateTimeOffset? opened,
        UnitTime time
    )
    {
        var changes = history.StandingSince(since).Where(f => ChangeLine.IsChange(f.Recorded, time)).ToList();
        return new(
            card,
            card.Care?.NextId == person && card.Care.ResponsibleId != person,
            changes.Count,
            [.. ChangeLine.FromFacts(changes, opened, time).Take(Told)],
            changes.Count(f => !(f.Recorded.At <= opened)),
            opened
        );
    }
}
