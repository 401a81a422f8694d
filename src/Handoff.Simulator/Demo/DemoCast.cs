using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Simulator.Demo;

/// <summary>Somebody who works in the demo facility.</summary>
/// <param name="Crew">Who work a shift together have the same one; null for who works none.</param>
public sealed record DemoPerson(string Account, string Name, Role Role, string? Credential, int? Crew)
{
    public Guid Id => NamedId.From("demo-person", Account);

    /// <summary>They come on when the first crew goes.</summary>
    public bool IsRelief => Crew > 0;

    /// <summary>As the log names them; also before they have an account.</summary>
    public Staff Who => new(Id.ToString(), Name, Role, Credential);
}

/// <summary>The people of the demo facility: one for each role, and a second and a third crew to hand over to.</summary>
public static class DemoCast
{
    /// <summary>Of all their accounts; it is no secret.</summary>
    public const string Password = "handoff-demo";

    public static IReadOnlyList<DemoPerson> All { get; } =
    [
        new("tech", "Jordan Kim", Role.Technician, "MHT", 0),
        new("nurse", "Maria Ortiz", Role.Nurse, "RN", 0),
        new("charge", "Samuel Osei", Role.ChargeNurse, "RN, BSN", 0),
        new("prescriber", "Dr. Leila Haddad", Role.Prescriber, "MD", null),
        new("clinician", "Grace Lindqvist", Role.Clinician, "LCSW", null),
        new("manager", "Priya Raman", Role.Manager, "RN, MSN", null),
        new("auditor", "Thomas Weber", Role.Auditor, null, null),
        new("display", "Hallway display", Role.Display, null, null),
        new("ruiz", "Ana Ruiz", Role.Technician, "MHT", 1),
        new("boateng", "Kwame Boateng", Role.Nurse, "RN", 1),
        new("solberg", "Ingrid Solberg", Role.ChargeNurse, "RN, BSN", 1),
        new("park", "Leo Park", Role.Technician, "MHT", 2),
        new("benali", "Fatima Benali", Role.Nurse, "RN", 2),
        new("wisniewska", "Dorota Wiśniewska", Role.ChargeNurse, "RN", 2),
    ];

    /// <summary>The accounts that work a shift together, the first crew first; each has somebody who can be in charge.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Crews { get; } =
    [.. All.Where(one => one.Crew is not null).GroupBy(one => one.Crew).Select(crew => crew.Select(one => one.Account).ToList())];

    /// <summary>The person behind a demo account, as the log names them; also before the account is made.</summary>
    public static Staff Named(string account) => All.First(one => one.Account == account).Who;
}
