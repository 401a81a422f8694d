using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Store;

public sealed class RebuildTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task States_are_rebuilt_while_others_write()
    {
        var (one, other) = (store.Node(), store.Node());
        for (var i = 0; i < 20; i++)
        {
            await one.Send($"s{i}", new Count(1));
        }

        using var enough = new CancellationTokenSource();
        var answers = 20;
        var writing = Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(w =>
                    Task.Run(async () =>
                    {
                        for (var i = w; !enough.IsCancellationRequested; i++)
                        {
                            (await (w % 2 == 0 ? one : other).Send($"s{i % 20}", new Count(1))).Refusal.ShouldBeNull();
                            Interlocked.Increment(ref answers);
                        }
                    })
                )
        );
        for (var i = 0; i < 6; i++)
        {
            // Nobody writes meanwhile: several rows at once would be in each other's way.
            await store.Run(
                "select from handoff.heads for update; update handoff.mt_doc_snapshot set data = jsonb_set(data, "
                    + "'{state,total}', '100000') where id < 'counter-s5'"
            );
            await Rebuild(one);
        }

        await enough.CancelAsync();
        await writing;
        (await new Verify(one.Source, StoreFixture.Names).Run(null, CancellationToken.None)).Lines().Skip(1).ShouldBeEmpty();
        (await one.States.OfKind(StoreFixture.Facility, "counter", CancellationToken.None))
            .Sum(s => ((Counter)s.State).Total)
            .ShouldBe(answers);
    }

    [Fact]
    public async Task What_a_node_remembers_from_before_is_not_decided_on()
    {
        var node = store.Node();
        await node.Send("a", new Count(1));
        await store.Run("update handoff.mt_doc_snapshot set data = jsonb_set(data, '{state,total}', '50')");
        var fooled = store.Node();
        (await fooled.Log.State<Counter>(StoreFixture.Facility, "a", CancellationToken.None)).Total.ShouldBe(50);
        await Rebuild(store.Node());
        await fooled.Send("a", new Count(1));
        (await node.State("a")).Total.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_node_remembers_from_before_is_forgotten()
    {
        var node = store.Node();
        await node.Send("a", new Count(1));
        await store.Run("update handoff.mt_doc_snapshot set data = jsonb_set(data, '{state,total}', '50')");
        var fooled = store.Node();
        await fooled.Start(fooled.Follower);
        await Waiting.Until(() => fooled.Follower.Position(StoreFixture.Facility) > 0);
        (await fooled.Log.State<Counter>(StoreFixture.Facility, "a", CancellationToken.None)).Total.ShouldBe(50);
        await Rebuild(node);
        await Waiting.Until(async () => (await fooled.Log.State<Counter>(StoreFixture.Facility, "a", CancellationToken.None)).Total == 1);
    }

    [Fact]
    public async Task One_facility_is_rebuilt_and_no_other()
    {
        var node = store.Node();
        await node.Send("a", new Count(1), facility: "north");
        await node.Send("a", new Count(1), facility: "south");
        await store.Run("delete from handoff.mt_doc_snapshot");
        (await new Rebuild(node.Store).Run("south", CancellationToken.None)).ShouldHaveSingleItem().Replaced.ShouldBe(1);
        (await store.All<string>("select tenant_id from handoff.mt_doc_snapshot")).ShouldBe(["south"]);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_keeps_its_state_and_is_named()
    {
        var node = store.Node();
        await node.Send("bad", new Count(1));
        await node.Send("good", new Count(1));
        await Foreign.Insert(store, "counter-bad", 2, "from_the_future", "{}");
        await store.Run("update handoff.mt_doc_snapshot set data = jsonb_set(data, '{state,total}', '50')");
        var rebuilt = await Rebuild(node);
        (rebuilt.Unreadable.ShouldHaveSingleItem(), rebuilt.Replaced).ShouldBe(("counter-bad", 1));
        (await store.One<string>("select data -> 'state' ->> 'total' from handoff.mt_doc_snapshot where id = 'counter-bad'")).ShouldBe(
            "50"
        );
        (await node.State("good")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task What_another_writer_added_unseen_is_in_the_rebuilt_state()
    {
        var node = store.Node();
        await node.Send("a", new Count(1));
        await store.Run("select nextval('handoff.mt_events_sequence')");
        await Foreign.Insert(store, "counter-a", 2, "counted", """{"occurredAt":"2026-11-21T07:00:00Z","by":4}""");
        await store.Run("update handoff.mt_events set seq_id = 0 where version = 2");
        await Rebuild(node);
        (await store.One<string>("select data -> 'state' ->> 'total' from handoff.mt_doc_snapshot")).ShouldBe("5");
    }

    [Fact]
    public async Task Nothing_is_written_where_nothing_differs()
    {
        var node = store.Node();
        await node.Send("a", new Count(1));
        var rebuilt = await Rebuild(node);
        (rebuilt.Replaced, rebuilt.Removed, rebuilt.Events).ShouldBe((0, 0, 1));
    }

    [Fact]
    public async Task Real_slices_are_rebuilt_to_what_was_saved()
    {
        var node = store.Node();
        await Ward.Fill(node);
        (await Rebuild(node)).Replaced.ShouldBe(0);
        (await new Verify(node.Source, StoreFixture.Names).Run(null, CancellationToken.None)).Lines().Skip(1).ShouldBeEmpty();
    }

    private static async Task<Rebuilt> Rebuild(Node node) =>
        (await new Rebuild(node.Store).Run(null, CancellationToken.None)).ShouldHaveSingleItem();
}
