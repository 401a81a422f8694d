using Handoff.Domain.Access;
using Handoff.Web.Stays;

namespace Handoff.Web.Tasks;

/// <summary>Tasks, on the pages about a patient.</summary>
internal sealed class TaskStayParts : IStayParts
{
    public IEnumerable<StayAct> Acts => [new(40, "task", _ => "Add a task", Permission.WorkTasks)];
}
