namespace Handoff.Domain.Access;

/// <summary>
/// Who somebody is on the ward. Display is a screen on a wall, Integration a machine, Feed a machine that sends admissions and does nothing
/// else.
/// </summary>
public enum Role
{
    Technician,
    Nurse,
    ChargeNurse,
    Prescriber,
    Clinician,
    Manager,
    Auditor,
    Display,
    Integration,
    Feed,
}

public static class Roles
{
    /// <summary>Everybody who works with patients.</summary>
    public static readonly IReadOnlyList<Role> Floor = [Role.Technician, Role.Nurse, Role.ChargeNurse, Role.Prescriber, Role.Clinician];
}
