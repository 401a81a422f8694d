namespace Handoff.Domain.Access;

/// <summary>Handoff: what people may do. See <see cref="Permission"/>.</summary>
public static class HandoffPermissions
{
    private static readonly Permission handOver = new(
        "Handoff",
        "HandOver",
        "Come on a shift, be responsible for patients, write, give and accept their handoff",
        [Role.Technician, Role.Nurse, Role.ChargeNurse, Role.Manager]
    );
    private static readonly Permission assignPatients = new(
        "Handoff",
        "AssignPatients",
        "Say who has which patients, and act for somebody who left",
        [Role.ChargeNurse, Role.Manager]
    );
    private static readonly Permission takeCharge = new(
        "Handoff",
        "TakeCharge",
        "Be in charge of a unit",
        [Role.Nurse, Role.ChargeNurse, Role.Manager]
    );

    extension(Permission)
    {
        /// <summary>Come on a shift, be responsible for patients, write, give and accept their handoff.</summary>
        public static Permission HandOver => handOver;

        /// <summary>Say who has which patients, and act for somebody who left.</summary>
        public static Permission AssignPatients => assignPatients;

        /// <summary>Be in charge of a unit.</summary>
        public static Permission TakeCharge => takeCharge;
    }
}
