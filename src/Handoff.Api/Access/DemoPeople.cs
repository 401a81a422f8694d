using Handoff.Domain.Access;
using Handoff.Simulator.Demo;
using Handoff.Web.Layout;
using Microsoft.EntityFrameworkCore;

namespace Handoff.Api.Access;

/// <summary>What is printed at start: the demo accounts, and the key for machines.</summary>
public sealed record DemoAccess(IReadOnlyList<DemoAccount> Accounts, string ApiKey);

/// <summary>The accounts of the demo's cast, for trying Handoff; they exist only where the demo facility does.</summary>
public sealed class DemoPeople(People people, AccessContext database, ApiKeys keys)
{
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

        foreach (var one in DemoCast.All)
        {
            await Add(facility, one);
        }

        var key = await LetIn(facility, apiKey, cancel);
        return new([.. DemoCast.All.Select(one => new DemoAccount(one.Role, one.Name, one.Account, DemoCast.Password, one.IsRelief))], key);
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
        foreach (var earlier in (await keys.ForFacility(facility, cancel)).Where(k => k is { Name: madeAtStart, Revoked: null }))
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
            let place = DemoCast.All.Index().FirstOrDefault(one => one.Item.Account == person.UserName, (int.MaxValue, null!))
            orderby place.Index
            select new DemoAccount(person.Role, person.Name, person.UserName!, DemoCast.Password, place.Item?.IsRelief ?? false),
        ];
    }

    private async Task Add(string facility, DemoPerson one)
    {
        if (await people.Find(one.Account) is null)
        {
            await people.Add(
                new Person
                {
                    Id = one.Id,
                    UserName = one.Account,
                    Facility = facility,
                    Name = one.Name,
                    Role = one.Role,
                    Credential = one.Credential,
                    IsDemo = true,
                },
                DemoCast.Password
            );
        }
    }
}
