using System.Net;
using System.Threading.RateLimiting;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Handoff.Api.Access;

/// <summary>What came of an attempt to sign in: a person, or a refusal that doesn't tell whether the account exists.</summary>
public sealed record SignInAttempt(Person? Person, Refusal? Refusal);

/// <summary>Checks accounts and passwords.</summary>
public sealed class SignIns(
    UserManager<Person> people,
    NpgsqlDataSource database,
    SignInLimits limits,
    AccessLog log,
    SignInClock clock,
    IOptions<AccessOptions> options
)
{
    /// <summary>Nobody's password is longer; a longer one would only cost the time to hash it.</summary>
    private const int LongestPassword = 200;

    private static readonly SignInAttempt Refused = new(
        null,
        Refusal.NotPermitted(
            "sign-in-refused",
            "Account and password don't match, or the account is locked for a few minutes after too many tries. Check both, or "
                + "ask your manager."
        )
    );

    private static readonly SignInAttempt TooMany = new(
        null,
        Refusal.NotPermitted("too-many-sign-ins", "Too many tries from here. Wait a minute, then try again.")
    );

    public async Task<SignInAttempt> Try(string? account, string? password, Origin origin, CancellationToken cancel)
    {
        var name = people.NormalizeName(Text.Line(account) ?? "");
        if (!limits.Allows(origin.Address, name))
        {
            return TooMany;
        }

        var began = clock.Time.GetTimestamp();
        var known = await people.FindByNameAsync(name);
        if (await IsRight(known, password ?? "") && await IsLetIn(known!, cancel))
        {
            return new(known, null);
        }

        await CountFailure(known, origin, cancel);
        await Hold(began, cancel);
        return Refused;
    }

    // An unknown account costs the same hashing as a known one, so that the time of the answer tells nothing.
    private async Task<bool> IsRight(Person? person, string password)
    {
        var given = password.Length <= LongestPassword ? password : "";
        if (person is { PasswordHash: not null, Ended: null })
        {
            return await people.CheckPasswordAsync(person, given);
        }

        people.PasswordHasher.VerifyHashedPassword(Nobody.One, Nobody.Hash(people.PasswordHasher), given);
        return false;
    }

    // Guesses sent at the same moment are all checked before any is counted; the one that is right must still find the account open.
    private async Task<bool> IsLetIn(Person person, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "update access.people set access_failed_count = 0 where id = $1 and ended is null and (lockout_end is null or "
                + "lockout_end <= $2)"
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person.Id });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.Time.GetUtcNow() });
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    // One statement, because two failures at once must count as two.
    private async Task CountFailure(Person? person, Origin origin, CancellationToken cancel)
    {
        if (person is null)
        {
            return;
        }

        await using var command = database.CreateCommand(
            """
            update access.people
            set access_failed_count = case when access_failed_count + 1 >= $2 then 0 else access_failed_count + 1 end,
                lockout_end = case when access_failed_count + 1 >= $2 then $4 else lockout_end end
            where id = $1 and (lockout_end is null or lockout_end <= $3)
            """
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person.Id });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = AccessOptions.Tries });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.Time.GetUtcNow() });
        command.Parameters.Add(
            new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.Time.GetUtcNow().AddMinutes(options.Value.LockoutMinutes) }
        );
        await command.ExecuteNonQueryAsync(cancel);
        await log.Record(person.Facility, person.AsStaff(), AccessPurpose.SignInRefused, null, [], origin, cancel);
    }

    private async Task Hold(long began, CancellationToken cancel)
    {
        var left = TimeSpan.FromSeconds(options.Value.RefusalSeconds) - clock.Time.GetElapsedTime(began);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, cancel);
        }
    }

    /// <summary>Stands in for the account that does not exist.</summary>
    private static class Nobody
    {
        public static readonly Person One = new()
        {
            Facility = "",
            Name = "",
            Role = default,
        };

        private static string? hash;

        public static string Hash(IPasswordHasher<Person> hasher) => hash ??= hasher.HashPassword(One, Guid.NewGuid().ToString());
    }
}
