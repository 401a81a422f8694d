using System.Diagnostics;
using Handoff.Api.Tests.Support;
using Xunit.Abstractions;
using static Handoff.Api.Tests.Embedded.Machine;

namespace Handoff.Api.Tests.Embedded;

public sealed class ClusterTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_template_is_prepared_once_and_its_copies_are_apart()
    {
        var cluster = await Cluster.Shared;
        var prepared = 0;
        Task<string> Copy() =>
            cluster.FromTemplate(
                "notes",
                async database =>
                {
                    Interlocked.Increment(ref prepared);
                    await Run(database, "create table note as select 'first'::text as words");
                }
            );
        var watch = Stopwatch.StartNew();
        var copies = await Task.WhenAll(Copy(), Copy(), Copy());
        output.WriteLine($"a template and three copies: {watch.ElapsedMilliseconds} ms");
        await Run(copies[0], "delete from note");
        (await Ask(copies[0], "select count(*)::text from note")).ShouldBe("0");
        (await Ask(copies[1], "select words from note")).ShouldBe("first");
        prepared.ShouldBe(1);
    }

    [Fact]
    public async Task A_disposed_cluster_leaves_nothing()
    {
        string folder;
        await using (var cluster = await Cluster.Start(isDurable: true))
        {
            folder = await Ask(cluster.ConnectionString, "select current_setting('data_directory')");
        }

        Directory.Exists(folder).ShouldBeFalse();
    }
}
