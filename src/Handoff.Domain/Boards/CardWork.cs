using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Tasks;

namespace Handoff.Domain.Boards;

/// <summary>A patient's open tasks, counted.</summary>
public sealed record CardTasks(int Open, int Overdue, DateTimeOffset NextDue);

/// <summary>The oldest concern about a patient that nobody has acknowledged.</summary>
/// <param name="To">Whom it has reached by now.</param>
/// <param name="Number">How many such concerns there are.</param>
public sealed record CardConcern(Guid Escalation, Urgency Urgency, DateTimeOffset Since, Role To, int Number);

/// <summary>What is open about one patient.</summary>
public sealed record CardWork(CardTasks? Tasks, CardConcern? Concern)
{
    /// <param name="states">The patient's tasks and escalations; closed ones count for nothing.</param>
    public static CardWork FromStates(IReadOnlyCollection<State> states, UnitTime time, DateTimeOffset now)
    {
        var tasks = states.OfType<CareTask>().Where(t => t.IsOpen()).ToList();
        var unheard = states.OfType<Escalation>().Where(e => e.IsUnacknowledged()).OrderBy(e => e.RaisedAt).ToList();
        return new(
            tasks.Count == 0 ? null : new(tasks.Count, tasks.Count(t => t.IsOverdue(now)), time.Local(tasks.Min(t => t.Due))),
            unheard is not [var oldest, ..]
                ? null
                : new(oldest.Id, oldest.Urgency, time.Local(oldest.RaisedAt!.Value), oldest.Told[^1].To, unheard.Count)
        );
    }
}
