using Handoff.Api.Access;
using Handoff.Api.Tests.Support;
using Npgsql;

namespace Handoff.Api.Tests.Access;

public sealed class AccessSchemaTests
{
    [Fact]
    public async Task Many_nodes_on_many_databases_may_create_it_at_once_and_again()
    {
        var cluster = await Cluster.Shared;
        var databases = new List<string>();
        for (var one = 0; one < 3; one++)
        {
            databases.Add(await cluster.NewDatabase());
        }

        await Task.WhenAll(databases.SelectMany(one => Enumerable.Repeat(one, 3)).Select(one => AccessSchema.Create(one, default)));
        (await Tables(databases[2])).ShouldBe(["access_log", "api_keys", "keys", "people"]);
    }

    private static async Task<string[]> Tables(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select array_agg(tablename::text order by tablename) from pg_tables where schemaname = 'access'",
            connection
        );
        return (string[])(await command.ExecuteScalarAsync())!;
    }
}
