using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Handoff.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Handoff.Api.Access;

/// <summary>Keys by which machines and displays say who they are. Only a hash is kept.</summary>
public sealed class ApiKeys(NpgsqlDataSource database, AccountStatuses standings, TimeProvider time)
{
    private const int PrefixLength = 8;
    private const int Room = 10_000;

    // Which key has which hash never changes; whether it still stands is looked up by its id.
    private readonly ConcurrentDictionary<string, Guid> known = new();

    /// <summary>A fresh key, to be shown once.</summary>
    public static string Fresh() => "hf_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// Lets a key in. Adding the same key again, also after it was revoked, makes it stand with this facility, name and role.
    /// </summary>
    public async Task<Guid> Add(string facility, string name, Role role, string key, CancellationToken cancel)
    {
        if (role is not (Role.Integration or Role.Display or Role.Feed))
        {
            throw new ArgumentOutOfRangeException(nameof(role), role, "Keys are for machines and displays.");
        }

        await using var command = database.CreateCommand(
            """
            insert into access.api_keys (id, facility, name, role, prefix, hash, created)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (hash) do update set facility = excluded.facility, name = excluded.name,
                role = excluded.role, revoked = null, revoked_by = null
            returning id
            """
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = facility });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role.ToString() });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Prefix(key) });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Hash(key) });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        var id = (Guid)(await command.ExecuteScalarAsync(cancel))!;
        standings.Forget(id);
        return id;
    }

    /// <summary>Makes a key for a feed; null if there is one with that id: nobody is shown a key twice.</summary>
    /// <returns>The key, to be shown once.</returns>
    public async Task<string?> MakeForFeed(string facility, Guid id, Guid feed, string name, string by, CancellationToken cancel)
    {
        var key = Fresh();
        await using var command = database.CreateCommand(
            """
            insert into access.api_keys (id, facility, name, role, prefix, hash, created, feed, made_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (id) do nothing
            """
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = facility });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = nameof(Role.Feed) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Prefix(key) });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Hash(key) });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = feed });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = by });
        return await command.ExecuteNonQueryAsync(cancel) == 1 ? key : null;
    }

    /// <summary>From now on here, and within <see cref="AccessOptions.RecheckSeconds"/> on other nodes, the key opens nothing.</summary>
    public async Task<bool> Revoke(string facility, Guid id, CancellationToken cancel, string? by = null)
    {
        await using var command = database.CreateCommand(
            "update access.api_keys set revoked = $3, revoked_by = $4 where facility = $1 and id = $2 and revoked is null"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = facility });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        command.Parameters.Add(new() { Value = (object?)by ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        var isRevoked = await command.ExecuteNonQueryAsync(cancel) == 1;
        standings.Forget(id);
        return isRevoked;
    }

    /// <summary>All keys that a facility ever had, the newest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ForFacility(string facility, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select id, name, role, prefix, created, revoked, feed, made_by, revoked_by, last_used from access.api_keys where "
                + "facility = $1 order by created desc, id desc"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = facility });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var keys = new List<ApiKey>();
        while (await row.ReadAsync(cancel))
        {
            keys.Add(
                new(
                    row.GetGuid(0),
                    row.GetString(1),
                    Enum.Parse<Role>(row.GetString(2)),
                    row.GetString(3),
                    row.GetFieldValue<DateTimeOffset>(4),
                    row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
                    row.IsDBNull(6) ? null : row.GetGuid(6),
                    row.IsDBNull(7) ? null : row.GetString(7),
                    row.IsDBNull(8) ? null : row.GetString(8),
                    row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9)
                )
            );
        }

        return keys;
    }

    /// <summary>Which key this is, revoked or not; null if it is none of ours.</summary>
    public async ValueTask<Guid?> Find(string key, CancellationToken cancel)
    {
        var hash = Hash(key);
        var name = Convert.ToHexString(hash);
        if (known.TryGetValue(name, out var id))
        {
            return id;
        }

        if (await Search(Prefix(key), hash, cancel) is not { } found)
        {
            return null;
        }

        if (known.Count > Room)
        {
            known.Clear();
        }

        return known[name] = found;
    }

    private async Task<Guid?> Search(string prefix, byte[] hash, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select id, hash from access.api_keys where prefix = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = prefix });
        await using var row = await command.ExecuteReaderAsync(cancel);
        Guid? found = null;
        while (await row.ReadAsync(cancel))
        {
            if (CryptographicOperations.FixedTimeEquals(row.GetFieldValue<byte[]>(1), hash))
            {
                found = row.GetGuid(0);
            }
        }

        return found;
    }

    // In the clear, to tell keys apart; never more than half of a short one.
    private static string Prefix(string key) => key[..Math.Min(PrefixLength, key.Length / 2)];

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
