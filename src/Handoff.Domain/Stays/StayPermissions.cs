namespace Handoff.Domain.Access;

/// <summary>Stays: what people may do. See <see cref="Permission"/>.</summary>
public static class StayPermissions
{
    private static readonly Permission movePatients = new(
        "Stays",
        "MovePatients",
        "Admit, move and discharge patients, and record leaves",
        [Role.Nurse, Role.ChargeNurse, Role.Manager, Role.Integration]
    );

    extension(Permission)
    {
        /// <summary>Admit, move and discharge patients, and record leaves.</summary>
        public static Permission MovePatients => movePatients;
    }
}
