namespace Handoff.Domain.Access;

/// <summary>Set-up: what people may do. See <see cref="Permission"/>.</summary>
public static class UnitPermissions
{
    private static readonly Permission configureUnit = new(
        "Set-up",
        "ConfigureUnit",
        "Set up units: beds, shifts, levels, places, pauses",
        [Role.Manager]
    );
    private static readonly Permission configureFacility = new(
        "Set-up",
        "ConfigureFacility",
        "Change the facility: feeds and their keys, evidence sources, and this page",
        [Role.Manager]
    );

    extension(Permission)
    {
        /// <summary>Set up units: beds, shifts, levels, places, pauses.</summary>
        public static Permission ConfigureUnit => configureUnit;

        /// <summary>Change the facility: feeds and their keys, evidence sources, and this page.</summary>
        public static Permission ConfigureFacility => configureFacility;
    }
}
