using System.Diagnostics;
using System.Runtime.Versioning;
using Handoff.Embedded;
using Xunit.Abstractions;
using static Handoff.Api.Tests.Embedded.Machine;

namespace Handoff.Api.Tests.Embedded;

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedFolderTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TemporaryFolder temporary = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => temporary.Remove();

    [Fact]
    public async Task A_first_start_makes_a_cluster_and_a_second_finds_its_data()
    {
        await using (var first = await Timed("first start", Start))
        {
            await Run(first.ConnectionString, "create table note as select 'kept'::text as words");
        }

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
    public async Task A_checkout_below_a_private_folder_works_for_root_too()
    {
        var checkout = Directory
            .CreateDirectory(temporary["private"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)
            .FullName;
        await Shell($"cp -a '{Native}' '{checkout}/native' && find '{checkout}/native' -type l -delete");
        var options = new EmbeddedOptions
        {
            Folder = Path.Combine(checkout, ".data", "postgres"),
            Binaries = Path.Combine(checkout, "native"),
            Elsewhere = temporary["elsewhere"],
        };
        await using (var first = await EmbeddedPostgres.Start(options, CancellationToken.None))
        {
            await Run(first.ConnectionString, "create table kept()");
        }

        await using var second = await EmbeddedPostgres.Start(options, CancellationToken.None);
        (await Ask(second.ConnectionString, "select count(*)::text from kept")).ShouldBe("0");
        second.Folder.StartsWith(options.Elsewhere, StringComparison.Ordinal).ShouldBe(Environment.IsPrivilegedProcess);
    }

    [Fact]
    public async Task Links_that_npm_did_not_make_are_made_by_many_at_once()
    {
        await Shell($"cp -a '{Native}' '{temporary["native"]}' && find '{temporary["native"]}' -type l -delete");
        var starts = Enumerable
            .Range(0, 3)
            .Select(number =>
                EmbeddedPostgres.Start(
                    Options with
                    {
                        Folder = temporary[$"checkout-{number}"],
                        Binaries = temporary["native"],
                    },
                    CancellationToken.None
                )
            );
        var servers = await Task.WhenAll(starts);
        servers.Select(server => server.ConnectionString).Distinct().Count().ShouldBe(3);
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_first_start_that_is_cut_off_is_begun_anew()
    {
        using (var cutOff = OtherApp.Begin(temporary["postgres"]))
        {
            await Until(() => Drafts().Any(draft => Directory.Exists(Path.Combine(draft, "data", "base"))));
            await cutOff.End("KILL");
        }
        await using (await Start())
        {
            Directory.Exists(temporary["postgres", "server", "data"]).ShouldBeTrue();
        }

        await using (await Start())
        {
            Drafts().ShouldBeEmpty();
        }
    }

    private EmbeddedOptions Options => new() { Folder = temporary["postgres"] };

    private Task<EmbeddedPostgres> Start() => EmbeddedPostgres.Start(Options, CancellationToken.None);

    private IEnumerable<string> Drafts() =>
        Directory.Exists(temporary["postgres", "server"]) ? Directory.EnumerateDirectories(temporary["postgres", "server"], "draft.*") : [];

    private async Task<T> Timed<T>(string what, Func<Task<T>> act)
    {
        var watch = Stopwatch.StartNew();
        var result = await act();
        output.WriteLine($"{what}: {watch.ElapsedMilliseconds} ms");
        return result;
    }
}
