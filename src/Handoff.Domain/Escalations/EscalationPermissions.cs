namespace Handoff.Domain.Access;

/// <summary>Concerns: what people may do. See <see cref="Permission"/>.</summary>
public static class EscalationPermissions
{
    private static readonly Permission raiseConcern = new(
        "Concerns",
        "RaiseConcern",
        "Raise a concern about a patient, to be acknowledged by somebody who can act",
        Roles.Floor
    );
    private static readonly Permission acknowledgeConcern = new(
        "Concerns",
        "AcknowledgeConcern",
        "Acknowledge a concern with a plan, and close it",
        [Role.Nurse, Role.ChargeNurse, Role.Prescriber, Role.Manager]
    );

    extension(Permission)
    {
        /// <summary>Raise a concern about a patient, to be acknowledged by somebody who can act.</summary>
        public static Permission RaiseConcern => raiseConcern;

        /// <summary>Acknowledge a concern with a plan, and close it.</summary>
        public static Permission AcknowledgeConcern => acknowledgeConcern;
    }
}
