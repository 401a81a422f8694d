using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Tasks;

/// <summary>Where tasks are.</summary>
internal sealed class TaskLinks : INavLinks
{
    public IEnumerable<NavLink> Links => [NavLink.OfUnit(50, NavWhere.Daily, "Tasks", Paths.Tasks, "tasks", Permission.WorkTasks)];
}
