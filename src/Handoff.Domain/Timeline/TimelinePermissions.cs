namespace Handoff.Domain.Access;

/// <summary>Timeline: what people may do. See <see cref="Permission"/>.</summary>
public static class TimelinePermissions
{
    private static readonly Permission pinEntries = new(
        "Timeline",
        "PinEntries",
        "Pin entries on top of a patient's timeline",
        [.. Roles.Floor, Role.Integration]
    );

    extension(Permission)
    {
        /// <summary>Pin entries on top of a patient's timeline.</summary>
        public static Permission PinEntries => pinEntries;
    }
}
