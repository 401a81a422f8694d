namespace Handoff.Domain.Access;

/// <summary>How patients are: what people may do. See <see cref="Permission"/>.</summary>
public static class StatusPermissions
{
    private static readonly Permission observe = new(
        "How patients are",
        "Observe",
        "Record how a patient is: behaviour, meals, preferences",
        [.. Roles.Floor, Role.Integration]
    );
    private static readonly Permission setBaseline = new(
        "How patients are",
        "SetBaseline",
        "Say how a patient usually is: the baseline",
        [Role.Nurse, Role.ChargeNurse, Role.Prescriber, Role.Clinician, Role.Integration]
    );
    private static readonly Permission keepPrecautions = new(
        "How patients are",
        "KeepPrecautions",
        "Start, review and end precautions",
        [Role.Nurse, Role.ChargeNurse, Role.Prescriber, Role.Integration]
    );

    extension(Permission)
    {
        /// <summary>Record how a patient is: behaviour, meals, preferences.</summary>
        public static Permission Observe => observe;

        /// <summary>Say how a patient usually is: the baseline.</summary>
        public static Permission SetBaseline => setBaseline;

        /// <summary>Start, review and end precautions.</summary>
        public static Permission KeepPrecautions => keepPrecautions;
    }
}
