using Handoff.Api.Store;

namespace Handoff.Api.Tests.Store;

public sealed class UnreadableTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task An_unreadable_event_stops_only_its_stream()
    {
        await store.Node().Send("bad", new Count(1));
        await Foreign.Insert(store, "counter-bad", 2, "from_the_future", "{}");
        var node = store.Node();
        await node.Send("z", new Count(1));
        var good = Enumerable.Range(0, 10).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        var bad = node.Send("bad", new Count(1));
        var later = Enumerable.Range(10, 10).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        await Should.ThrowAsync<StreamUnreadableException>(bad);
        (await Task.WhenAll(good.Concat(later))).ShouldAllBe(a => a.Version == 1);
    }

    [Fact]
    public async Task An_unreadable_event_is_known_to_the_health_report()
    {
        var node = store.Node();
        await Foreign.Insert(store, "counter-bad", 1, "from_the_future", "{}");
        var position = (await node.Events()).ShouldHaveSingleItem().Position;
        node.Reader.Unreadable[position].ShouldBe("from_the_future");
    }

    [Fact]
    public async Task A_saved_state_that_cannot_be_read_is_folded_again()
    {
        var writer = store.Node();
        await writer.Send("a", new Count(3));
        await writer.Send("a", new PutOn("2-west", Guid.NewGuid()));
        await store.Run("""update handoff.mt_doc_snapshot set data = jsonb_set(data, '{state,total}', '"three"')""");
        var node = store.Node();
        (await node.State("a")).Total.ShouldBe(3);
        (await node.Send("a", new Count(1))).Version.ShouldBe(3);
        await store.Run("""update handoff.mt_doc_snapshot set data = jsonb_set(data, '{state,total}', '"three"')""");
        var (_, states) = await node.States.OnUnit(StoreFixture.Facility, "2-west", ["counter"], CancellationToken.None);
        ((Counter)states.ShouldHaveSingleItem().State).Total.ShouldBe(4);
    }

    [Fact]
    public async Task A_stream_that_another_writer_moved_is_folded_again()
    {
        var node = store.Node();
        await node.Send("a", new Count(3));
        await Foreign.Insert(store, "counter-a", 2, "counted", """{"occurredAt":"2026-11-21T07:00:00Z","by":4}""");
        (await node.State("a")).Total.ShouldBe(7);
        (await node.Send("a", new Count(1))).Version.ShouldBe(3);
        (await node.State("a")).Total.ShouldBe(8);
    }
}
