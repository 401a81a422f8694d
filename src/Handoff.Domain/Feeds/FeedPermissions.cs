namespace Handoff.Domain.Access;

/// <summary>Hospital feed: what people may do. See <see cref="Permission"/>.</summary>
public static class FeedPermissions
{
    private static readonly Permission sendFeed = new(
        "Hospital feed",
        "SendFeed",
        "Send admissions from the hospital's feed",
        [Role.Integration, Role.Feed]
    );
    private static readonly Permission mendFeed = new(
        "Hospital feed",
        "MendFeed",
        "Read, correct and replay messages that could not be applied",
        [Role.ChargeNurse, Role.Manager, Role.Integration]
    );

    extension(Permission)
    {
        /// <summary>Send admissions from the hospital's feed.</summary>
        public static Permission SendFeed => sendFeed;

        /// <summary>Read, correct and replay messages that could not be applied.</summary>
        public static Permission MendFeed => mendFeed;
    }
}
