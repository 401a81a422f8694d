using Handoff.Domain.Groups;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Boards;

public sealed partial record BoardCard
{
    /// <summary>No group for two days although groups took place.</summary>
    public bool MissesGroups { get; init; }

    /// <param name="sessions">The unit's sessions of the last days.</param>
    public BoardCard With(Stay stay, IReadOnlyCollection<Group> sessions, DateTimeOffset now) =>
        this with
        {
            MissesGroups = Participation.IsMissing(stay, sessions, now),
        };
}
