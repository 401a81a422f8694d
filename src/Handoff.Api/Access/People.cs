using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Handoff.Api.Access;

/// <summary>The accounts of a facility: made, changed, ended.</summary>
public sealed class People(UserManager<Person> accounts, AccountStatuses standings, TimeProvider time)
{
    /// <summary>Makes an account.</summary>
    /// <exception cref="InvalidOperationException">The account exists, or the password is too weak; the message says which.</exception>
    public async Task<Person> Add(Person person, string password)
    {
        if (person.Id == Guid.Empty)
        {
            person.Id = Guid.CreateVersion7();
        }

        Demand(await accounts.CreateAsync(person, password));
        return person;
    }

    /// <summary>The account of this name, also if it ended; null if there never was one.</summary>
    public Task<Person?> Find(string account) => accounts.FindByNameAsync(account);

    /// <summary>Gives somebody another role and units; it has its effect where they are signed in.</summary>
    public async Task Change(Person person, Role role, IReadOnlyCollection<string>? units)
    {
        (person.Role, person.Units) = (role, units?.ToArray());
        Demand(await accounts.UpdateAsync(person));
        standings.Forget(person.Id);
    }

    /// <summary>Signs somebody out everywhere, for good.</summary>
    public async Task End(Person person)
    {
        person.Ended ??= time.GetUtcNow();
        Demand(await accounts.UpdateSecurityStampAsync(person));
        standings.Forget(person.Id);
    }

    private static void Demand(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(' ', result.Errors.Select(error => error.Description)));
        }
    }
}

internal static class StaffOfPerson
{
    public static Staff AsStaff(this Person person) => new(person.Id.ToString(), person.Name, person.Role, person.Credential);
}
