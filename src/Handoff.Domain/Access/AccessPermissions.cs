namespace Handoff.Domain.Access;

/// <summary>Reading and auditing: what people may do. See <see cref="Permission"/>.</summary>
public static class AccessPermissions
{
    private static readonly Permission readBoard = new(
        "Reading and auditing",
        "ReadBoard",
        "See a unit's board with names",
        [.. Roles.Floor, Role.Manager, Role.Auditor, Role.Integration]
    );
    private static readonly Permission readWall = new(
        "Reading and auditing",
        "ReadWall",
        "See the board as it may hang in a hallway: initials and bed",
        [.. Roles.Floor, Role.Manager, Role.Auditor, Role.Display, Role.Integration]
    );
    private static readonly Permission readStay = new(
        "Reading and auditing",
        "ReadStay",
        "Open a patient's page",
        [.. Roles.Floor, Role.Manager, Role.Auditor, Role.Integration]
    );
    private static readonly Permission audit = new(
        "Reading and auditing",
        "Audit",
        "See boards as they stood, and who read what",
        [Role.ChargeNurse, Role.Manager, Role.Auditor]
    );

    extension(Permission)
    {
        /// <summary>See a unit's board with names.</summary>
        public static Permission ReadBoard => readBoard;

        /// <summary>See the board as it may hang in a hallway: initials and bed.</summary>
        public static Permission ReadWall => readWall;

        /// <summary>Open a patient's page.</summary>
        public static Permission ReadStay => readStay;

        /// <summary>See boards as they stood, and who read what.</summary>
        public static Permission Audit => audit;
    }
}
