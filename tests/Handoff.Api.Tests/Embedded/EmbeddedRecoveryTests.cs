using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Handoff.Embedded;
using Npgsql;
using static Handoff.Api.Tests.Embedded.Machine;

namespace Handoff.Api.Tests.Embedded;

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedRecoveryTests(MadeFolder made) : IClassFixture<MadeFolder>, IAsyncLifetime
{
    private readonly TemporaryFolder temporary = new();

    public Task InitializeAsync() => made.CopyTo(Folder);

    public Task DisposeAsync() => temporary.Remove();

    [Fact]
    public async Task A_killed_application_leaves_its_server_to_the_next()
    {
        using var killed = await OtherApp.Start(Folder);
        var server = RunningServer();
        await killed.End("KILL");
        await using var next = await Start();
        next.ProcessId.ShouldBe(server);
        (await Ask(next.ConnectionString, "select 'here'")).ShouldBe("here");
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task An_application_that_is_asked_to_end_stops_its_server(string signal)
    {
        using var app = await OtherApp.Start(Folder);
        var server = RunningServer();
        await app.End(signal);
        IsAlive(server).ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_application_is_told_who_holds_the_folder()
    {
        using var first = await OtherApp.Start(Folder);
        var refused = await Should.ThrowAsync<EmbeddedException>(Start);
        refused.Message.ShouldContain($"process {first.Id}");
        refused.Message.ShouldContain(Folder);
        await first.End("TERM");
    }

    [Fact]
    public async Task A_killed_server_comes_back_with_all_that_was_acknowledged()
    {
        await using var postgres = await Start();
        await Run(postgres.ConnectionString, "create table mark(number int)");
        var killed = postgres.ProcessId;
        var marking = MarkUntilRefused(postgres.ConnectionString);
        await Task.Delay(200);
        Kill(killed);
        var acknowledged = await marking;
        await Until(() => postgres.Restarts == 1);
        postgres.ProcessId.ShouldNotBe(killed);
        var kept = int.Parse(await Ask(postgres.ConnectionString, "select count(*)::text from mark"));
        kept.ShouldBeInRange(acknowledged, acknowledged + 1); // The last one may have been written and not answered.
        acknowledged.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_server_that_cannot_come_back_says_why()
    {
        await using var postgres = await Start();
        File.Move(temporary["postgres", "server", "data", "global", "pg_control"], temporary["aside"]);
        Kill(postgres.ProcessId);
        var reason = await postgres.Exited.WaitAsync(TimeSpan.FromSeconds(60));
        reason.Message.ShouldContain("pg_control");
    }

    [Fact]
    public async Task A_pid_file_that_names_a_stranger_is_stale()
    {
        await using (await Start())
        {
            await Shell($"cp '{PidFile}' '{temporary["kept"]}'");
        }

        var lines = await File.ReadAllLinesAsync(temporary["kept"]);
        await File.WriteAllLinesAsync(PidFile, [$"{Environment.ProcessId}", .. lines[1..]]);
        await using var again = await Start();
        again.ProcessId.ShouldNotBe(Environment.ProcessId);
    }

    [Fact]
    public async Task A_killed_server_of_a_killed_application_recovers()
    {
        using var app = await OtherApp.Start(Folder);
        var server = RunningServer();
        await app.End("KILL");
        Kill(server);
        await using var next = await Start();
        next.ProcessId.ShouldNotBe(server);
    }

    [Fact]
    public async Task A_port_that_somebody_took_is_replaced()
    {
        int port;
        await using (var first = await Start())
        {
            port = Port(first);
        }

        using var taken = new TcpListener(IPAddress.Loopback, port);
        taken.Start();
        await using var second = await Start();
        Port(second).ShouldNotBe(port);
    }

    [Fact]
    public async Task A_folder_of_another_version_is_left_alone_and_named()
    {
        await File.WriteAllTextAsync(temporary["postgres", "server", "data", "PG_VERSION"], "16\n");
        var refused = await Should.ThrowAsync<EmbeddedException>(Start);
        refused.Message.ShouldContain("PostgreSQL 16");
        refused.Message.ShouldContain("PostgreSQL 18");
    }

    [Fact]
    public async Task A_damaged_folder_is_left_alone_and_named()
    {
        File.Delete(temporary["postgres", "server", "data", "PG_VERSION"]);
        var refused = await Should.ThrowAsync<EmbeddedException>(Start);
        refused.Message.ShouldContain("not a whole PostgreSQL cluster");
        Directory.Exists(temporary["postgres", "server", "data", "base"]).ShouldBeTrue();
    }

    [Fact]
    public async Task A_failed_start_quotes_the_log()
    {
        var nonsense = Options with { Settings = new Dictionary<string, string> { ["shared_buffers"] = "plenty" } };
        var refused = await Should.ThrowAsync<EmbeddedException>(() => EmbeddedPostgres.Start(nonsense, CancellationToken.None));
        refused.Message.ShouldContain("invalid value for parameter \"shared_buffers\": \"plenty\"");
        await using var mended = await Start();
        (await Ask(mended.ConnectionString, "select current_setting('shared_buffers')")).ShouldBe("256MB");
    }

    private string Folder => temporary["postgres"];

    private string PidFile => temporary["postgres", "server", "data", "postmaster.pid"];

    private EmbeddedOptions Options => new() { Folder = Folder };

    private Task<EmbeddedPostgres> Start() => EmbeddedPostgres.Start(Options, CancellationToken.None);

    private int RunningServer() => int.Parse(File.ReadLines(PidFile).First());

    private static int Port(EmbeddedPostgres postgres) => new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Port;

    private static async Task<int> MarkUntilRefused(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        for (var marks = 0; ; marks++)
        {
            try
            {
                await using var command = source.CreateCommand("insert into mark values ($1)");
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = marks });
                await command.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException)
            {
                return marks;
            }
        }
    }
}
