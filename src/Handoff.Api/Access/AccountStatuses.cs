using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Handoff.Api.Access;

/// <summary>
/// Looks up who stands behind what a request carries; what was found is believed for <see cref="AccessOptions.RecheckSeconds"/>.
/// </summary>
public sealed class AccountStatuses(NpgsqlDataSource database, SignInClock clock, TimeProvider time, IOptions<AccessOptions> options)
{
    private const int Room = 20_000;

    /// <summary>When a key was last used is kept to about this.</summary>
    private static readonly TimeSpan UsedAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, (long Since, AccountStatus Standing)> known = new();

    /// <summary>
    /// The standing behind a principal that <see cref="Principal"/> made; null if it ended, or was signed in too long ago.
    /// </summary>
    public async ValueTask<AccountStatus?> ForUser(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (Principal.Read(user) is not { } claimed)
        {
            return null;
        }

        var standing = await ForId(claimed.Id, claimed.IsKey, cancel);
        return standing?.Stamp == claimed.Stamp && !IsTooOld(claimed, standing) ? standing : null;
    }

    /// <summary>Looks again at the next request instead of after a while.</summary>
    public void Forget(Guid id) => known.TryRemove(id, out _);

    private bool IsTooOld(Principal claimed, AccountStatus standing) =>
        !claimed.IsKey
        && !standing.IsSignedInForLong
        && clock.Time.GetUtcNow() - claimed.Since > TimeSpan.FromHours(options.Value.LongestHours);

    private async ValueTask<AccountStatus?> ForId(Guid id, bool isKey, CancellationToken cancel)
    {
        if (known.TryGetValue(id, out var one) && clock.Time.GetElapsedTime(one.Since) < TimeSpan.FromSeconds(options.Value.RecheckSeconds))
        {
            return one.Standing;
        }

        var now = clock.Time.GetTimestamp();
        var found = isKey ? await Key(id, cancel) : await Person(id, cancel);
        Keep(id, now, found);
        return found;
    }

    private void Keep(Guid id, long now, AccountStatus? found)
    {
        if (known.Count > Room)
        {
            known.Clear();
        }

        if (found is null)
        {
            known.TryRemove(id, out _);
        }
        else
        {
            known[id] = (now, found);
        }
    }

    private async Task<AccountStatus?> Person(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select facility, name, role, credential, units, security_stamp from access.people where id = $1 and ended is null"
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new AccountStatus(
                row.GetString(0),
                new Staff(id.ToString(), row.GetString(1), Enum.Parse<Role>(row.GetString(2)), row.IsDBNull(3) ? null : row.GetString(3)),
                row.IsDBNull(4) ? null : row.GetFieldValue<string[]>(4).ToHashSet(),
                row.GetString(5)
            )
            : null;
    }

    // That it is used is noted with the look: a manager who revokes an old key must see whether anybody still sends with it.
    private async Task<AccountStatus?> Key(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            with used as (update access.api_keys set last_used = $2
                where id = $1 and revoked is null and (last_used is null or last_used < $3))
            select facility, name, role from access.api_keys where id = $1 and revoked is null
            """
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() - UsedAgain });
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new AccountStatus(
                row.GetString(0),
                new Staff(id.ToString(), row.GetString(1), Enum.Parse<Role>(row.GetString(2))),
                null,
                Principal.KeyStamp
            )
            : null;
    }
}
