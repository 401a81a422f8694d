namespace Handoff.Domain.Access;

/// <summary>Groups: what people may do. See <see cref="Permission"/>.</summary>
public static class GroupPermissions
{
    private static readonly Permission scheduleGroup = new(
        "Groups",
        "ScheduleGroup",
        "Plan and cancel group sessions",
        [Role.Nurse, Role.ChargeNurse, Role.Clinician, Role.Manager, Role.Integration]
    );
    private static readonly Permission recordAttendance = new(
        "Groups",
        "RecordAttendance",
        "Start and end group sessions, and record who took part",
        [.. Roles.Floor, Role.Integration]
    );

    extension(Permission)
    {
        /// <summary>Plan and cancel group sessions.</summary>
        public static Permission ScheduleGroup => scheduleGroup;

        /// <summary>Start and end group sessions, and record who took part.</summary>
        public static Permission RecordAttendance => recordAttendance;
    }
}
