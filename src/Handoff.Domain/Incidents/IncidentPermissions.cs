namespace Handoff.Domain.Access;

/// <summary>Incidents: what people may do. See <see cref="Permission"/>.</summary>
public static class IncidentPermissions
{
    private static readonly Permission recordIncident = new(
        "Incidents",
        "RecordIncident",
        "Open a crisis incident and record what is done in it",
        [.. Roles.Floor, Role.Integration]
    );
    private static readonly Permission resolveIncident = new(
        "Incidents",
        "ResolveIncident",
        "Say that an incident is over",
        [Role.Nurse, Role.ChargeNurse, Role.Prescriber, Role.Integration]
    );
    private static readonly Permission reviewLevel = new(
        "Incidents",
        "ReviewLevel",
        "Review the observation level after an incident",
        [Role.Nurse, Role.ChargeNurse, Role.Prescriber, Role.Integration]
    );

    extension(Permission)
    {
        /// <summary>Open a crisis incident and record what is done in it.</summary>
        public static Permission RecordIncident => recordIncident;

        /// <summary>Say that an incident is over.</summary>
        public static Permission ResolveIncident => resolveIncident;

        /// <summary>Review the observation level after an incident.</summary>
        public static Permission ReviewLevel => reviewLevel;
    }
}
