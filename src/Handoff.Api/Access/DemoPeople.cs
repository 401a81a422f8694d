using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Web.Layout;
using Microsoft.EntityFrameworkCore;

namespace Handoff.Api.Access;

/// <summary>What is printed at start: the demo accounts, and the key for machines.</summary>
public sealed record DemoAccess(IReadOnlyList<DemoAccount> Accounts, string ApiKey);

/// <summary>
/// One account per role, for trying Handoff, and a second and a third crew to hand over to; they exist only where the demo facility does.
/// </summary>
public sealed class DemoPeople(People people, AccessContext database, ApiKeys keys)
{
    public const string Password = "handoff-demo";

    private static readonly (string Account, string Name, Role Role, string? Credential, int? Crew)[] Cast =
    [
        ("tech", "Jordan Kim", Role.Technician, "MHT", 0),
        ("nurse", "Maria Ortiz", Role.Nurse, "RN", 0),
        ("charge", "Samuel Osei", Role.ChargeNurse, "RN, BSN", 0),
        ("prescriber", "Dr. Leila Haddad", Role.Prescriber, "MD", null),
        ("clinician", "Grace Lindqvist", Role.Clinician, "LCSW", null),
        ("manager", "Priya Raman", Role.Manager, "RN, MSN", null),
        ("auditor", "Thomas Weber", Role.Auditor, null, null),
        ("display", "Hallway display", Role.Display, null, null),
        ("ruiz", "Ana Ruiz", Role.Technician, "MHT", 1),
        ("boateng", "Kwame Boateng", Role.Nurse, "RN", 1),
        ("solberg", "Ingrid Solberg", Role.ChargeNurse, "RN, BSN", 1),
        ("park", "Leo Park", Role.Technician, "MHT", 2),
        ("benali", "Fatima Benali", Role.Nurse, "RN", 2),
        ("wisniewska", "Dorota Wiśniewska", Role.ChargeNurse, "RN", 2),
    ];

    /// <summary>The accounts that work a shift together, the first crew first; each has somebody who can be in charge.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Crews { get; } =
    [.. Cast.Where(one => one.Crew is not null).GroupBy(one => one.Crew).Select(crew => crew.Select(one => one.Account).ToList())];

    /// <summary>The person behind a demo account, as the log names them; also before the account is made.</summary>
    public static Staff Of(string account) =>
        Cast.Where(one => one.Account == account)
            .Select(one => new Staff(NamedId.From("demo-person", account).ToString(), one.Name, one.Role, one.Credential))
            .First();

    /// <summary>
    /// Makes the demo accounts and lets the key in. Doing it again changes nothing, except that another key is let in as well.
    /// </summary>
    /// <param name="apiKey">From <c>Demo:ApiKey</c>; a fresh one is made if there is none.</param>
    /// <exception cref="InvalidOperationException">Somebody who is no demo account works on this database, so its passwords must not be
    /// public.</exception>
    public async Task<DemoAccess> Create(string facility, string? apiKey, CancellationToken cancel)
    {
        if (await database.People.AnyAsync(person => !person.IsDemo, cancel))
        {
            throw new InvalidOperationException(
                "Demo accounts are not made where real people have accounts. Start with Demo:Load=false, or on another database."
            );
        }

        foreach (var one in Cast)
        {
            await Add(facility, one.Account, one.Name, one.Role, one.Credential);
        }

        var key = await LetIn(facility, apiKey, cancel);
        return new([.. Cast.Select(one => new DemoAccount(one.Role, one.Name, one.Account, Password, one.Crew > 0))], key);
    }

    // A key made at an earlier start was printed then, and nobody can print it again: only the latest one stands.
    private async Task<string> LetIn(string facility, string? apiKey, CancellationToken cancel)
    {
        if (!string.IsNullOrWhiteSpace(apiKey))
        {
            await keys.Add(facility, "Demo feed", Role.Integration, apiKey, cancel);
            return apiKey;
        }

        const string madeAtStart = "Demo feed, made at start";
        foreach (var earlier in (await keys.Of(facility, cancel)).Where(k => k is { Name: madeAtStart, Revoked: null }))
        {
            await keys.Revoke(facility, earlier.Id, cancel);
        }

        var key = ApiKeys.Fresh();
        await keys.Add(facility, madeAtStart, Role.Integration, key, cancel);
        return key;
    }

    /// <summary>The demo accounts that can sign in here now, one for each role first.</summary>
    public async Task<IReadOnlyList<DemoAccount>> Offered(CancellationToken cancel)
    {
        var accounts = await database
            .People.AsNoTracking()
            .Where(person => person.IsDemo && person.Ended == null)
            .OrderBy(person => person.Id)
            .ToListAsync(cancel);
        return
        [
            .. from person in accounts
            let place = Array.FindIndex(Cast, one => one.Account == person.UserName)
            orderby place < 0 ? int.MaxValue : place
            select new DemoAccount(person.Role, person.Name, person.UserName!, Password, place >= 0 && Cast[place].Crew > 0),
        ];
    }

    private async Task Add(string facility, string account, string name, Role role, string? credential)
    {
        if (await people.Find(account) is null)
        {
            await people.Add(
                new Person
                {
                    Id = NamedId.From("demo-person", account),
                    UserName = account,
                    Facility = facility,
                    Name = name,
                    Role = role,
                    Credential = credential,
                    IsDemo = true,
                },
                Password
            );
        }
    }
}
