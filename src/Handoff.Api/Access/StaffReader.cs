using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Access;

/// <summary>Somebody who works here.</summary>
/// <param name="Who">As commands and the log name them.</param>
/// <param name="Units">The ids of the units that they work on; null for all of the facility.</param>
public sealed record StaffMember(Staff Who, IReadOnlyList<string>? Units);

/// <summary>Who works at a facility.</summary>
public sealed class StaffReader(NpgsqlDataSource database)
{
    private const int Most = 2_000;

    /// <summary>Everybody whose account stands, by name.</summary>
    public async Task<List<StaffMember>> ForFacility(string facility, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select id, name, role, credential, units from access.people
            where facility = $1 and ended is null
            order by name, id limit $2
            """
        );
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = Most });
        var people = new List<StaffMember>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var who = new Staff(
                row.GetGuid(0).ToString(),
                row.GetString(1),
                Enum.Parse<Role>(row.GetString(2)),
                row.IsDBNull(3) ? null : row.GetString(3)
            );
            people.Add(new(who, row.IsDBNull(4) ? null : row.GetFieldValue<string[]>(4)));
        }

        return people;
    }
}
