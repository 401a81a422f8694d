using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Tasks;

namespace Handoff.Domain.Meetings;

/// <summary>A decision and what became of it.</summary>
public sealed record DecisionLine(
    Guid Id,
    DateTimeOffset At,
    string By,
    string Words,
    TaskOwner Owner,
    DateTimeOffset Due,
    Guid? Evidence,
    DecisionStanding Standing,
    string? Said
)
{
    public static DecisionLine FromTask(TeamDecision decision, CareTask task, DateTimeOffset now) =>
        new(
            decision.Id,
            decision.At,
            decision.By.Name,
            decision.Words,
            task.IsKnown() ? task.Owner : decision.Owner,
            task.IsKnown() ? task.Due : decision.Due,
            decision.Evidence,
            StandingOf(decision, task, now),
            decision.TakenBack ?? task.Outcome
        );

    private static DecisionStanding StandingOf(TeamDecision decision, CareTask task, DateTimeOffset now) =>
        task switch
        {
            _ when decision.TakenBack is not null => DecisionStanding.TakenBack,
            { DoneAt: not null } => DecisionStanding.Done,
            _ when !task.IsKnown() => DecisionStanding.Pending,
            _ when task.IsOverdue(now) => DecisionStanding.Overdue,
            { TakenAt: not null } => DecisionStanding.Taken,
            _ => DecisionStanding.Raised,
        };
}
