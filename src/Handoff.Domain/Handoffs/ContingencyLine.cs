using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>A contingency as it is read at a moment.</summary>
/// <param name="Says">Condition and what then: <c>If elopement: call RN</c>.</param>
public sealed record ContingencyLine(
    Guid Id,
    string Says,
    Staff Author,
    string Shift,
    DateTimeOffset At,
    ContingencyStanding Standing,
    DateTimeOffset ArmsAt,
    DateTimeOffset? FiredAt,
    ContingencyClosed? Closed,
    Condition If,
    string Then
)
{
    /// <summary>What has come true first, then what may, then what is over; none once the patient has left.</summary>
    public static IReadOnlyList<ContingencyLine> ForCare(Care care, DateTimeOffset now) =>
        !care.IsRunning()
            ? []
            :
            [
                .. care
                    .Contingencies.Select(c => new ContingencyLine(
                        c.Id,
                        c.Says(),
                        c.Author,
                        c.Shift,
                        c.At,
                        c.Standing(now),
                        c.ArmsAt,
                        c.FiredAt,
                        c.Closed,
                        c.If,
                        c.Then
                    ))
                    .OrderBy(l => l.Standing)
                    .ThenByDescending(l => l.FiredAt ?? l.At),
            ];
}
