using Handoff.Domain.Access;
using Npgsql;

namespace Handoff.Api.Access;

/// <summary>Who works on a unit and may be given a task: everybody of the facility who is not kept to other units.</summary>
public sealed class Colleagues(NpgsqlDataSource database)
{
    private const int Most = 300;

    public async Task<List<Colleague>> OnUnit(string facility, string unit, IReadOnlyCollection<Role> roles, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select id, name, role from access.people
            where facility = $1 and ended is null and role = any($3) and (units is null or $2 = any(units))
            order by name, id limit $4
            """
        );
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = unit });
        command.Parameters.Add(new() { Value = roles.Select(r => r.ToString()).ToArray() });
        command.Parameters.Add(new() { Value = Most });
        var people = new List<Colleague>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            people.Add(new(row.GetGuid(0).ToString(), row.GetString(1), Enum.Parse<Role>(row.GetString(2))));
        }

        return people;
    }
}

/// <param name="Id">The staff id.</param>
public sealed record Colleague(string Id, string Name, Role Role);
