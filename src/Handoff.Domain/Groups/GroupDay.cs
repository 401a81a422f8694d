using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

/// <summary>A unit's sessions of one day of its calendar, by start.</summary>
public sealed record GroupDay(string Unit, DateOnly Day, IReadOnlyList<SessionLine> Sessions)
{
    public static GroupDay ForDay(string unit, DateOnly day, IEnumerable<Group> sessions) =>
        new(
            unit,
            day,
            [
                .. sessions
                    .Where(s => s.Day == day)
                    .OrderBy(s => s.Starts)
                    .ThenBy(s => s.Topic, StringComparer.Ordinal)
                    .Select(SessionLine.ForSession),
            ]
        );
}
