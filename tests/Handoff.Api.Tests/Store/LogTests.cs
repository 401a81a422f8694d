using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Store;

public sealed class LogTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task An_empty_decision_appends_nothing()
    {
        var node = store.Node();
        var first = await node.Send("a", new Count(3));
        var answer = await node.Send("a", new Count(0));
        answer.Refusal.ShouldBeNull();
        answer.Events.ShouldBeEmpty();
        (answer.Version, answer.Position).ShouldBe((first.Version, first.Position));
        (await node.Events()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_appends_nothing()
    {
        var node = store.Node();
        await node.Send("a", new CloseCounter());
        (await node.Send("a", new Count(1))).Refusal!.Code.ShouldBe("counter-closed");
        (await node.Events()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_throws_fails_alone()
    {
        var node = store.Node();
        await node.Send("z", new Count(1));
        var good = Enumerable.Range(0, 20).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        var bad = Enumerable.Range(0, 5).Select(i => node.Send($"bad-{i}", new Blunder())).ToList();
        var later = Enumerable.Range(20, 20).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        foreach (var blunder in bad)
        {
            await Should.ThrowAsync<InvalidOperationException>(blunder);
        }

        (await Task.WhenAll(good.Concat(later))).ShouldAllBe(a => a.Version == 1);
    }

    [Fact]
    public async Task An_event_that_cannot_be_written_fails_alone()
    {
        var node = store.Node();
        await node.Send("z", new Count(1));
        var good = Enumerable.Range(0, 10).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        var bad = node.Send("bad", new Count(1, Weight: double.NaN));
        var later = Enumerable.Range(10, 10).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        await Should.ThrowAsync<ArgumentException>(bad);
        (await Task.WhenAll(good.Concat(later))).ShouldAllBe(a => a.Version == 1);
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("a note with \0 in it")]
    public async Task A_text_that_cannot_be_kept_is_refused_alone(string note)
    {
        var node = store.Node();
        await node.Send("z", new Count(1));
        var good = Enumerable.Range(0, 10).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        var bad = node.Send("bad", new Count(1, note));
        var later = Enumerable.Range(10, 10).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        (await bad).Refusal!.Code.ShouldBe("text-unfit");
        (await Task.WhenAll(good.Concat(later))).ShouldAllBe(a => a.Version == 1);
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\ud800')]
    public async Task A_stream_that_cannot_be_named_is_refused_alone(char unfit)
    {
        var key = "bad" + unfit;
        var node = store.Node();
        await node.Send("z", new Count(1));
        var good = Enumerable.Range(0, 10).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        var bad = node.Send(key, new Count(1));
        var later = Enumerable.Range(10, 10).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        (await bad).Refusal!.Code.ShouldBe("text-unfit");
        (await Task.WhenAll(good.Concat(later))).ShouldAllBe(a => a.Version == 1);
    }

    [Fact]
    public async Task A_stream_whose_name_is_too_long_fails_alone()
    {
        var node = store.Node();
        await node.Send("z", new Count(1));
        var good = Enumerable.Range(0, 10).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        var noise = string.Concat(Enumerable.Range(0, 300).Select(_ => Guid.NewGuid().ToString("N")));
        var bad = node.Send(noise, new Count(1));
        var later = Enumerable.Range(10, 10).Select(i => node.Send($"good-{i}", new Count(1))).ToList();
        await Should.ThrowAsync<Handoff.Api.Store.LogUnavailableException>(bad);
        (await Task.WhenAll(good.Concat(later))).ShouldAllBe(a => a.Version == 1);
    }

    [Fact]
    public async Task What_was_seen_before_somebody_else_wrote_is_a_conflict()
    {
        var (one, other) = (store.Node(), store.Node());
        var seen = await one.Send("a", new Count(1));
        await other.Send("a", new Count(1), expected: seen.Version);
        var late = await one.Send("a", new Count(1), expected: seen.Version);
        late.Refusal!.Kind.ShouldBe(RefusalKind.Conflict);
        (await one.State("a")).Total.ShouldBe(2);
    }

    [Fact]
    public async Task A_clock_that_goes_back_never_records_an_earlier_time()
    {
        var clock = new SetClock(new(2026, 11, 21, 7, 0, 0, TimeSpan.Zero));
        var node = store.Node(clock);
        await node.Send("a", new Count(1));
        clock.Now -= TimeSpan.FromHours(1);
        await node.Send("b", new Count(1));
        var events = await node.Events();
        events[1].Recorded.At.ShouldBe(events[0].Recorded.At);
    }

    [Fact]
    public async Task A_node_whose_clock_is_behind_records_the_facility_s_time()
    {
        var ahead = store.Node(new SetClock(new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero)));
        var behind = store.Node(new SetClock(new(2026, 11, 21, 7, 0, 0, TimeSpan.Zero)));
        await ahead.Send("a", new Count(1));
        (await behind.Send("a", new Count(1))).Version.ShouldBe(2);
        (await behind.Events()).ShouldAllBe(e => e.Recorded.At == new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Facilities_have_streams_of_the_same_name_apart()
    {
        var node = store.Node();
        await node.Send("a", new Count(1), facility: "north");
        await node.Send("a", new Count(5), facility: "south");
        (await node.State("a", "north")).Total.ShouldBe(1);
        (await node.State("a", "south")).Total.ShouldBe(5);
    }

    [Fact]
    public async Task Nodes_that_take_turns_go_on_from_each_other()
    {
        var nodes = new[] { store.Node(), store.Node() };
        for (var i = 0; i < 20; i++)
        {
            (await nodes[i % 2].Send($"{i % 3}", new Count(1))).Refusal.ShouldBeNull();
        }

        (await nodes[0].Events()).Count.ShouldBe(20);
        (await new Verify(nodes[0].Source, StoreFixture.Names).Run(null, CancellationToken.None)).Lines().Skip(1).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_another_writer_began_goes_on_and_is_saved_from_then_on()
    {
        var node = store.Node();
        await Foreign.Insert(store, "counter-a", 1, "counted", """{"occurredAt":"2026-11-21T07:00:00Z","by":4}""");
        (await Task.WhenAll(node.Send("a", new Count(1)), node.Send("b", new Count(1)))).ShouldAllBe(a => a.Refusal == null);
        (await node.State("a")).Total.ShouldBe(5);
        (await store.One<long>("select version from handoff.mt_doc_snapshot where id = 'counter-a'")).ShouldBe(2);
        (await store.One<string>("select data -> 'state' ->> 'total' from handoff.mt_doc_snapshot where id = 'counter-a'")).ShouldBe("5");
    }

    [Fact]
    public async Task An_earlier_shape_is_read_as_today_s()
    {
        var node = store.Node();
        await node.Send("a", new Count(1));
        await Foreign.Insert(store, "counter-a", 2, "tallied", """{"occurredAt":"2026-11-21T07:00:00-06:00","by":4}""");
        (await node.Events())[1].Recorded.Event.ShouldBe(new TalliedOf(new(2026, 11, 21, 7, 0, 0, TimeSpan.FromHours(-6)), 4, "pieces"));
        var state = await node.State("a");
        (state.Total, state.Tallied).ShouldBe((5, "pieces"));
    }
}
