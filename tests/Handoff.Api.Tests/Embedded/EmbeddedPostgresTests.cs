using System.Diagnostics;
using Handoff.Api.Embedded;
using Npgsql;
using System.Runtime.Versioning;
using Xunit.Abstractions;
using static Handoff.Api.Tests.Embedded.Machine;

namespace Handoff.Api.Tests.Embedded;

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests(ITestOutputHelper output) : IDisposable
{
    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task A_first_start_makes_a_cluster_and_a_second_finds_its_data()
    {
        await using (var first = await Timed("first start", Start))
            await Run(first.ConnectionString, "create table note as select 'kept'::text as words");
        await using var second = await Timed("start on a prepared folder", Start);
        (await Ask(second.ConnectionString, "select words from note")).ShouldBe("kept");
    }

    [Fact]
    public async Task A_stopped_server_is_gone()
    {
        var postgres = await Start();
        IsAlive(postgres.ProcessId).ShouldBeTrue();
        await postgres.DisposeAsync();
        await postgres.DisposeAsync();
        IsAlive(postgres.ProcessId).ShouldBeFalse();
    }

    [Fact]
    public async Task Writes_are_durable_and_text_is_unicode()
    {
        await using var postgres = await Start();
        (await Ask(postgres.ConnectionString, "select current_setting('fsync') || ' ' || current_setting('synchronous_commit')")).ShouldBe("on on");
        (await Ask(postgres.ConnectionString, "select current_setting('server_encoding') || ' ' || upper('é')")).ShouldBe("UTF8 É");
    }

    [Fact]
    public async Task The_password_is_needed_and_only_its_owner_can_read_it()
    {
        await using var postgres = await Start();
        var guess = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Password = "postgres", Pooling = false }.ConnectionString;
        var refused = await Should.ThrowAsync<PostgresException>(async () => await Ask(guess, "select 'in'"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
        File.GetUnixFileMode(temporary["postgres", "password"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task The_log_never_holds_a_statement_or_its_values()
    {
        await using var postgres = await Start();
        await Run(postgres.ConnectionString, "create table patient(name text primary key)");
        await Run(postgres.ConnectionString, "insert into patient values ('Amalia Example')");
        await Should.ThrowAsync<PostgresException>(async () => await Run(postgres.ConnectionString, "insert into patient values ('Amalia Example')"));
        await Should.ThrowAsync<PostgresException>(async () => await Run(postgres.ConnectionString, "select 'Amalia Example'::int"));
        var log = await File.ReadAllTextAsync(temporary["postgres", "server", "postgres.log"]);
        log.ShouldContain("ready to accept connections");
        log.ShouldNotContain("Amalia");
    }

    [Fact]
    public async Task A_database_is_made_once_and_any_name_will_do()
    {
        await using var postgres = await Start();
        var made = await postgres.Database("Hand\"off", CancellationToken.None);
        (await postgres.Database("Hand\"off", CancellationToken.None)).ShouldBe(made);
        (await Ask(made, "select current_database()::text")).ShouldBe("Hand\"off");
    }

    [Fact]
    public async Task Root_runs_the_server_as_somebody_else()
    {
        await using var postgres = await Start();
        var status = await File.ReadAllLinesAsync($"/proc/{postgres.ProcessId}/status");
        status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1].ShouldNotBe("0");
        status.Single(line => line.StartsWith("CapEff:", StringComparison.Ordinal)).ShouldEndWith("\t0000000000000000");
    }

    [Fact]
    public async Task A_checkout_below_a_private_folder_works_for_root_too()
    {
        using var checkout = new TemporaryFolder();
        File.SetUnixFileMode(checkout.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await Shell($"cp -a '{Native}' '{checkout["native"]}' && find '{checkout["native"]}' -type l -delete && cp -a '{Native}/pg-symlinks.json' '{checkout["native"]}'");
        var options = Options with { Folder = checkout[".data", "postgres"], Binaries = checkout["native"], Elsewhere = temporary["elsewhere"] };
        await using (var first = await EmbeddedPostgres.Start(options, CancellationToken.None)) await Run(first.ConnectionString, "create table kept()");
        await using var second = await EmbeddedPostgres.Start(options, CancellationToken.None);
        (await Ask(second.ConnectionString, "select count(*)::text from kept")).ShouldBe("0");
    }

    [Fact]
    public async Task Links_that_npm_did_not_make_are_made_by_many_at_once()
    {
        await Shell($"cp -a '{Native}' '{temporary["native"]}' && find '{temporary["native"]}' -type l -delete");
        var starts = Enumerable.Range(0, 3).Select(number => EmbeddedPostgres.Start(
            Options with { Folder = temporary[$"checkout-{number}"], Binaries = temporary["native"] }, CancellationToken.None));
        var servers = await Task.WhenAll(starts);
        servers.Select(server => server.ConnectionString).Distinct().Count().ShouldBe(3);
        foreach (var server in servers) await server.DisposeAsync();
    }

    EmbeddedOptions Options => new() { Folder = temporary["postgres"] };

    Task<EmbeddedPostgres> Start() => EmbeddedPostgres.Start(Options, CancellationToken.None);

    async Task<T> Timed<T>(string what, Func<Task<T>> act)
    {
        var watch = Stopwatch.StartNew();
        var result = await act();
        output.WriteLine($"{what}: {watch.ElapsedMilliseconds} ms");
        return result;
    }
}
