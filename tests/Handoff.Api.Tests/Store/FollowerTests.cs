using System.Collections.Concurrent;
using Handoff.Api.Store;

namespace Handoff.Api.Tests.Store;

public sealed class FollowerTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Every_event_of_every_node_is_handed_on_once_and_in_order()
    {
        var (one, other) = (store.Node(), store.Node());
        await one.Send("before", new Count(1));
        var heard = Hear(one);
        await one.Start(one.Follower);
        await other.Start(other.Follower);
        await Waiting.Until(() => one.Follower.Position(StoreFixture.Facility) > 0);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 2 == 0 ? one : other).Send($"s{i % 7}", new Count(1))));
        await Waiting.Until(() => heard.Count >= 60);
        heard.ShouldBe((await one.Events()).Skip(1).Select(e => e.Position));
    }

    [Fact]
    public async Task A_state_that_another_node_changed_is_seen_here()
    {
        var (one, other) = (store.Node(), store.Node());
        await one.Send("a", new Count(1));
        await one.Start(one.Follower);
        await other.Start(other.Follower);
        (await one.Log.State<Counter>(StoreFixture.Facility, "a", CancellationToken.None)).Total.ShouldBe(1);
        await other.Send("a", new Count(4));
        await Waiting.Until(async () => (await one.Log.State<Counter>(StoreFixture.Facility, "a", CancellationToken.None)).Total == 5);
    }

    [Fact]
    public async Task A_facility_that_appears_later_is_followed_from_its_first_event()
    {
        var node = store.Node();
        var heard = Hear(node);
        await node.Start(node.Follower);
        await node.Send("a", new Count(1), facility: "south");
        await Waiting.Until(() => heard.Count == 1);
    }

    [Fact]
    public async Task What_is_recorded_right_after_the_start_is_handed_on()
    {
        var writer = store.Node();
        await writer.Send("a", new Count(1));
        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(async i =>
                {
                    var node = store.Node();
                    var heard = Hear(node);
                    await node.Start(node.Follower);
                    var answer = await writer.Send($"after-{i}", new Count(1));
                    await Waiting.Until(() => heard.Contains(answer.Position));
                })
        );
    }

    [Fact]
    public async Task What_was_recorded_before_the_start_is_not_handed_on_even_if_the_database_was_away_then()
    {
        var writer = store.Node();
        await writer.Send("a", new Count(1));
        var database = await store.One<string>("select current_database()::text");
        var cluster = await Support.Cluster.Shared;
        var node = store.Node();
        var heard = Hear(node);
        await Allow(cluster, database, false);
        await node.Start(node.Follower);
        await Task.Delay(1_500);
        await Allow(cluster, database, true);
        await Waiting.Until(() => node.Follower.Position(StoreFixture.Facility) > 0);
        await writer.Send("a", new Count(1));
        await Waiting.Until(() => !heard.IsEmpty);
        heard.ShouldBe([(await writer.Events())[1].Position]);
    }

    [Fact]
    public async Task What_another_node_never_told_of_is_followed_all_the_same()
    {
        var (one, silent) = (store.Node(), store.Node());
        await silent.Send("a", new Count(1));
        var heard = Hear(one);
        await one.Start(one.Follower);

        // Only a follower tells others, and this node has none that runs.
        for (var i = 2; i < 5; i++)
        {
            await silent.Send("a", new Count(1));
            await Waiting.Until(() => heard.Count == i - 1);
        }

        heard.ShouldBe((await silent.Events()).Skip(1).Select(e => e.Position));
        (await one.Log.State<Counter>(StoreFixture.Facility, "a", CancellationToken.None)).Total.ShouldBe(4);
    }

    [Fact]
    public async Task What_was_told_while_a_node_could_not_listen_is_followed_once_and_in_order()
    {
        var (one, other) = (store.Node(), store.Node());
        await other.Send("a", new Count(1));
        var heard = Hear(one);
        await one.Start(one.Follower);
        await other.Start(other.Follower);
        var ended = 0L;
        for (var i = 0; i < 40 || ended < 3; i++)
        {
            ended += await store.One<long>(
                "select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity where datname = "
                    + "current_database() and query = 'listen handoff'"
            );
            await other.Send($"s{i % 5}", new Count(1));
        }

        var events = await other.Events();
        await Waiting.Until(() => heard.Count >= events.Count - 1);
        heard.ShouldBe(events.Skip(1).Select(e => e.Position));
    }

    [Fact]
    public async Task A_reader_that_failed_gets_the_page_again()
    {
        var node = store.Node();
        await node.Send("a", new Count(1));
        var failures = 0;
        node.Follower.HandTo((_, _, _) => failures++ == 0 ? throw new InvalidOperationException() : Task.CompletedTask);
        var heard = Hear(node);
        await node.Start(node.Follower);
        await Waiting.Until(() => node.Follower.Position(StoreFixture.Facility) > 0);
        await node.Send("a", new Count(1));
        await Waiting.Until(() => heard.Count == 1);
        failures.ShouldBe(2);
    }

    [Fact]
    public async Task An_event_without_a_readable_envelope_does_not_stop_those_after_it()
    {
        var node = store.Node();
        await node.Send("a", new Count(1));
        var heard = Hear(node);
        await node.Start(node.Follower);
        await Waiting.Until(() => node.Follower.Position(StoreFixture.Facility) > 0);
        await Foreign.Insert(store, "counter-b", 1, "counted", """{"occurredAt":"2026-11-21T07:00:00Z","by":4}""", headers: null);
        await Foreign.Insert(store, "counter-c", 1, "counted", "null", headers: """{"role":"Wizard"}""");
        await Foreign.Insert(store, "stranger", 1, "counted", """{"by":"four"}""", headers: "null");
        await node.Send("a", new Count(1));
        await Waiting.Until(() => heard.Count == 4);
    }

    private static ConcurrentQueue<long> Hear(Node node)
    {
        var heard = new ConcurrentQueue<long>();
        node.Follower.HandTo(
            (_, page, _) =>
            {
                foreach (var logged in page)
                {
                    heard.Enqueue(logged.Position);
                }

                return Task.CompletedTask;
            }
        );
        return heard;
    }

    private static async Task Allow(Support.Cluster cluster, string database, bool isAllowed)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(cluster.ConnectionString);
        await using var change = source.CreateCommand($"alter database {database} allow_connections {isAllowed}");
        await change.ExecuteNonQueryAsync();
    }
}
