namespace Handoff.Domain.Access;

/// <summary>The service: what people may do. See <see cref="Permission"/>.</summary>
public static class ServicePermissions
{
    private static readonly Permission watchService = new(
        "The service",
        "WatchService",
        "See how the service runs, and have done again what could not be done",
        [Role.Manager]
    );
    private static readonly Permission moveTrainingClock = new(
        "The service",
        "MoveTrainingClock",
        "In training, move the clock",
        [Role.Manager, Role.Integration]
    );

    extension(Permission)
    {
        /// <summary>See how the service runs, and have done again what could not be done.</summary>
        public static Permission WatchService => watchService;

        /// <summary>In training, move the clock.</summary>
        public static Permission MoveTrainingClock => moveTrainingClock;
    }
}
