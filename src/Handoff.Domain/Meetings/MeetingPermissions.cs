namespace Handoff.Domain.Access;

/// <summary>Team meeting: what people may do. See <see cref="Permission"/>.</summary>
public static class MeetingPermissions
{
    private static readonly Permission reviewPatients = new(
        "Team meeting",
        "ReviewPatients",
        "Hold a unit's team meeting: review patients and record what is decided",
        [Role.Nurse, Role.ChargeNurse, Role.Prescriber, Role.Clinician, Role.Manager]
    );

    extension(Permission)
    {
        /// <summary>Hold a unit's team meeting: review patients and record what is decided.</summary>
        public static Permission ReviewPatients => reviewPatients;
    }
}
