using System.Text.Json.Nodes;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Kernel;
using Handoff.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Handoff.Api.Tests.Store;

/// <summary>
/// A database as the version before wrote it (<c>Before/</c>) is brought up to date by the start, and nothing of it is lost.
/// </summary>
public sealed class MigrationTests : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Store", "Before");
    private static readonly JsonNode Before = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json")))!;

    private StoreFixture store = null!;

    public async Task InitializeAsync()
    {
        var database = await (await Cluster.Shared).NewDatabase();
        await using (var owner = Npgsql.NpgsqlDataSource.Create(database))
        {
            await using var script = owner.CreateCommand(await File.ReadAllTextAsync(Path.Combine(Folder, "database.sql")));
            await script.ExecuteNonQueryAsync();
        }

        store = await StoreFixture.On(database);
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Every_event_is_there_and_the_chain_holds()
    {
        foreach (var (facility, expected) in Before["facilities"]!.AsObject())
        {
            var verified = await new Verify(store.Owner, EventTypeRegistry.Domain).Run(facility, CancellationToken.None);
            verified.Lines().ShouldHaveSingleItem().ShouldBe((string)expected!["verify"]!);
            (await store.One<long>("select count(*) from handoff.about where tenant_id = $1", facility)).ShouldBe((long)expected["about"]!);
            (await store.One<long>("select count(*) from access.access_log where facility = $1", facility)).ShouldBe(
                (long)expected["accessLog"]!
            );
        }

        (await store.One<string>("select last_value || ' ' || is_called from handoff.mt_events_sequence")).ShouldBe(
            (string)Before["sequence"]!
        );
    }

    [Fact]
    public async Task Every_column_index_and_checkpoint_is_still_there()
    {
        var columns = await store.All<string>(
            """
            select relname || '.' || attname || ':' || format_type(atttypid, atttypmod)
                from pg_attribute join pg_class c on c.oid = attrelid
            where relnamespace = 'handoff'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
            """
        );
        Texts("columns").Except(columns).ShouldBeEmpty();
        Texts("indexes").Except(await store.All<string>("select indexname from pg_indexes where schemaname = 'handoff'")).ShouldBeEmpty();
        foreach (var (name, position) in Before["progression"]!.AsObject())
        {
            (await store.One<long>("select last_seq_id from handoff.mt_event_progression where name = $1", name)).ShouldBe((long)position!);
        }
    }

    [Fact]
    public async Task Nothing_that_reactions_have_done_is_done_again()
    {
        var node = store.Node(
            null,
            [
                .. Before["progression"]!
                    .AsObject()
                    .Select(p => p.Key.Split(':')[0])
                    .Distinct()
                    .Select(name => new Reaction(name, _ => throw new InvalidOperationException("Done before."))),
            ]
        );
        foreach (var (facility, expected) in Before["facilities"]!.AsObject())
        {
            (
                await new ReactionFeed(node.Store, node.Reader, new([new("CareFollowsStay", _ => [])])).Checkpoints(
                    facility,
                    CancellationToken.None
                )
            )["CareFollowsStay"]
                .ShouldBe((long)expected!["position"]!);
        }
    }

    [Fact]
    public async Task Boards_are_what_they_were_now_and_as_they_stood()
    {
        await using var app = await Serve(
            DateTimeOffset.Parse((string)Before["asked"]!, System.Globalization.CultureInfo.InvariantCulture)
        );
        foreach (var (_, expected) in Before["facilities"]!.AsObject())
        {
            using var machine = new HttpClient { BaseAddress = new(app.Urls.Single()) };
            machine.DefaultRequestHeaders.Add("X-Api-Key", (string)expected!["key"]!);
            foreach (var (address, board) in expected["boards"]!.AsObject())
            {
                Lost(board, JsonNode.Parse(await machine.GetStringAsync(address)), address).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public async Task Brought_up_to_date_again_it_stays_as_it_is()
    {
        var before = await Rows();
        await Schema.Create(store.ConnectionString, CancellationToken.None);
        await store.Run("delete from handoff.schema_version");
        await Schema.Create(store.ConnectionString, CancellationToken.None);
        (await Rows()).ShouldBe(before);
    }

    // What was said before is said as it was; more may be said.
    private static IEnumerable<string> Lost(JsonNode? before, JsonNode? now, string at) =>
        (before, now) switch
        {
            (JsonObject was, JsonObject has) => was.SelectMany(member => Lost(member.Value, has[member.Key], $"{at}.{member.Key}")),
            (JsonArray was, JsonArray has) when was.Count == has.Count => was.Zip(has)
                .SelectMany((pair, i) => Lost(pair.First, pair.Second, $"{at}[{i}]")),
            _ => JsonNode.DeepEquals(before, now) ? [] : [$"{at}: {before?.ToJsonString()} is {now?.ToJsonString()}"],
        };

    private static IEnumerable<string> Texts(string of) => Before[of]!.AsArray().Select(text => (string)text!);

    private Task<List<string>> Rows() =>
        store.All<string>(
            "select 'e' || count(*) || max(seq_id) from handoff.mt_events union all select 's' || md5(string_agg(t::text, '' "
                + "order by tenant_id, id)) from handoff.mt_doc_snapshot t"
        );

    private async Task<WebApplication> Serve(DateTimeOffset asked)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "Handoff.Api",
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = "Production",
            }
        );
        builder.Configuration.AddInMemoryCollection([new("Engine:Alone", "true")]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(new SteppedClock(asked));
        var app = await HandoffApp.Build(builder, store.ConnectionString, CancellationToken.None);
        await app.StartAsync();
        return app;
    }
}
