using System.Runtime.Versioning;
using Handoff.Embedded;
using Npgsql;
using static Handoff.Api.Tests.Embedded.Machine;

namespace Handoff.Api.Tests.Embedded;

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedServerTests(RunningPostgres running) : IClassFixture<RunningPostgres>
{
    private EmbeddedPostgres Postgres => running.Postgres;

    [Fact]
    public async Task Writes_are_durable_and_text_is_unicode()
    {
        (await Ask(Postgres.ConnectionString, "select current_setting('fsync') || ' ' || current_setting('synchronous_commit')")).ShouldBe(
            "on on"
        );
        (await Ask(Postgres.ConnectionString, "select current_setting('server_encoding') || ' ' || upper('é')")).ShouldBe("UTF8 É");
    }

    [Fact]
    public async Task The_password_is_needed_and_only_its_owner_can_read_it()
    {
        var guess = new NpgsqlConnectionStringBuilder(Postgres.ConnectionString)
        {
            Password = "postgres",
            Pooling = false,
        }.ConnectionString;
        var refused = await Should.ThrowAsync<PostgresException>(async () => await Ask(guess, "select 'in'"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
        File.GetUnixFileMode(running["password"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task The_log_never_holds_a_statement_or_its_values()
    {
        await Run(Postgres.ConnectionString, "create table patient(name text primary key)");
        await Run(Postgres.ConnectionString, "insert into patient values ('Amalia Example')");
        await Should.ThrowAsync<PostgresException>(async () =>
            await Run(Postgres.ConnectionString, "insert into patient values ('Amalia Example')")
        );
        await Should.ThrowAsync<PostgresException>(async () => await Run(Postgres.ConnectionString, "select 'Amalia Example'::int"));
        var log = await File.ReadAllTextAsync(running["server", "postgres.log"]);
        log.ShouldContain("ready to accept connections");
        log.ShouldNotContain("Amalia");
    }

    [Fact]
    public async Task A_database_is_made_once_and_any_name_will_do()
    {
        var made = await Postgres.Database("Hand\"off", CancellationToken.None);
        (await Postgres.Database("Hand\"off", CancellationToken.None)).ShouldBe(made);
        (await Ask(made, "select current_database()::text")).ShouldBe("Hand\"off");
    }

    [Fact]
    public async Task Root_runs_the_server_as_somebody_else()
    {
        var status = await File.ReadAllLinesAsync($"/proc/{Postgres.ProcessId}/status");
        status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1].ShouldNotBe("0");
        status.Single(line => line.StartsWith("CapEff:", StringComparison.Ordinal)).ShouldEndWith("\t0000000000000000");
    }
}
