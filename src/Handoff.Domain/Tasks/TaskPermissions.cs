namespace Handoff.Domain.Access;

/// <summary>Tasks: what people may do. See <see cref="Permission"/>.</summary>
public static class TaskPermissions
{
    private static readonly Permission workTasks = new(
        "Tasks",
        "WorkTasks",
        "Raise, take, do, defer and pass on tasks",
        [.. Roles.Floor, Role.Integration]
    );

    extension(Permission)
    {
        /// <summary>Raise, take, do, defer and pass on tasks.</summary>
        public static Permission WorkTasks => workTasks;
    }
}
