using Handoff.Domain.Groups;

namespace Handoff.Simulator;

/// <summary>
/// The unit's groups as the service shows them: the sessions of these days, and the grids of those that are over without a word about who
/// came.
/// </summary>
public sealed record Programme(IReadOnlyList<SessionLine> Sessions, IReadOnlyList<GroupRoster> Rosters)
{
    public static readonly Programme None = new([], []);

    /// <summary>Whose grid is to be looked at.</summary>
    public static bool IsWaiting(SessionLine session) => session is { EndedAt: not null, CancelReason: null, Recorded: 0 };
}
