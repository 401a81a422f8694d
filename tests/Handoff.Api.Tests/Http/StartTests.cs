using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Npgsql;

namespace Handoff.Api.Tests.Http;

/// <summary>The program as it is started: what it says when it can't.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_port_in_use_is_a_clear_message()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var database = await (await Cluster.Shared).NewDatabase();
        var (code, said) = await Run(
            "--urls",
            $"http://{other.LocalEndpoint}",
            "--ConnectionStrings:Handoff",
            database,
            "--Demo:Load",
            "false"
        );
        said.ShouldContain($"{((IPEndPoint)other.LocalEndpoint).Port}");
        said.ShouldContain("--urls");
        ShouldBePlain(code, said);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_a_clear_message()
    {
        var (code, said) = await Run(
            "--urls",
            "http://127.0.0.1:0",
            "--ConnectionStrings:Handoff",
            $"Host=127.0.0.1;Port={FreePort()};Username=who;Password=hush-hush;Database=handoff"
        );
        said.ShouldContain("127.0.0.1");
        said.ShouldContain("ConnectionStrings:Handoff");
        ShouldBePlain(code, said);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_a_clear_message()
    {
        var missing = new NpgsqlConnectionStringBuilder((await Cluster.Shared).ConnectionString)
        {
            Database = "not_there",
        }.ConnectionString;
        var (code, said) = await Run("--urls", "http://127.0.0.1:0", "--ConnectionStrings:Handoff", missing);
        said.ShouldContain("not_there");
        ShouldBePlain(code, said);
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_a_clear_message()
    {
        var (code, said) = await Run("--urls", "http://127.0.0.1:0", "--ConnectionStrings:Handoff", "hush-hush");
        said.ShouldContain("ConnectionStrings:Handoff");
        ShouldBePlain(code, said);
    }

    [Fact]
    public async Task An_address_that_is_none_is_a_clear_message()
    {
        var database = await (await Cluster.Shared).NewDatabase();
        var (code, said) = await Run("--urls", "nowhere", "--ConnectionStrings:Handoff", database, "--Demo:Load", "false");
        said.ShouldContain("--urls");
        ShouldBePlain(code, said);
    }

    [Fact]
    public async Task A_verb_that_is_none_starts_nothing()
    {
        var (code, said) = await Run("verfy");
        said.ShouldContain("verify");
        ShouldBePlain(code, said);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("rebuild")]
    [InlineData("export")]
    public async Task A_facility_that_is_none_is_not_found_sound(string verb)
    {
        var database = await (await Cluster.Shared).NewDatabase();
        await Schema.Create(database, CancellationToken.None);
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var (code, said) = await Run([
            verb,
            "--facility",
            "cedar-hil",
            .. verb == "export" ? (string[])["--file", file] : [],
            "--ConnectionStrings:Handoff",
            database,
        ]);
        said.ShouldContain("cedar-hil");
        File.Exists(file).ShouldBeFalse();
        ShouldBePlain(code, said);
    }

    private static void ShouldBePlain(int code, string said)
    {
        code.ShouldBe(1);
        said.ShouldNotContain("   at ");
        said.ShouldNotContain("Exception");
        said.ShouldNotContain("hush-hush");
    }

    private static async Task<(int Code, string Said)> Run(params string[] arguments)
    {
        using var program = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(HandoffApp).Assembly.Location, .. arguments])
            {
                WorkingDirectory = AppContext.BaseDirectory,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var said = Task.WhenAll(
            program.StandardOutput.ReadToEndAsync(deadline.Token),
            program.StandardError.ReadToEndAsync(deadline.Token)
        );
        try
        {
            await program.WaitForExitAsync(deadline.Token);
            return (program.ExitCode, string.Concat(await said));
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
