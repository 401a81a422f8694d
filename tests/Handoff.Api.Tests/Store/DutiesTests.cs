using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Store;

public sealed class DutiesTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Seven = new(2026, 11, 21, 7, 0, 0, TimeSpan.Zero);

    private readonly SetClock clock = new(Seven);
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_deadline_lapses_once_and_not_before_it_is_due()
    {
        var node = store.Node(clock);
        await node.Send("a", new Promise(Seven.AddMinutes(15)));
        await Do(node);
        (await node.State("a")).Lapses.ShouldBe(0);
        clock.Now = Seven.AddMinutes(15);
        await Do(node);
        await Do(node);
        (await node.State("a")).Lapses.ShouldBe(1);
    }

    [Fact]
    public async Task A_deadline_lapses_once_over_two_nodes_and_a_restart()
    {
        var first = store.Node(clock);
        await first.Send("a", new Promise(Seven.AddMinutes(15)));
        await first.DisposeAsync();
        clock.Now = Seven.AddMinutes(20);
        var (one, other) = (store.Node(clock), store.Node(clock));
        await Task.WhenAll(Do(one), Do(other), Do(one), Do(other));
        (await one.State("a")).Lapses.ShouldBe(1);
        (await one.Events()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_deadline_in_two_facilities_lapses_in_both()
    {
        var node = store.Node(clock);
        await node.Send("a", new Promise(Seven), facility: "north");
        await node.Send("a", new Promise(Seven), facility: "south");
        await node.Duties.DoNow("north", CancellationToken.None);
        await node.Duties.DoNow("south", CancellationToken.None);
        (await node.State("a", "north")).Lapses.ShouldBe(1);
        (await node.State("a", "south")).Lapses.ShouldBe(1);
    }

    [Fact]
    public async Task A_deadline_that_its_slice_does_not_settle_does_not_hold_up_others()
    {
        var node = store.Node(clock);
        await node.Send("never", new Promise(Seven, IsSettled: false));
        await node.Send("a", new Promise(Seven.AddMinutes(1)));
        clock.Now = Seven.AddMinutes(2);
        await Do(node);
        (await node.State("a")).Lapses.ShouldBe(1);
    }

    [Fact]
    public async Task A_saved_due_time_that_the_state_does_not_know_of_does_not_hold_up_others()
    {
        var node = store.Node(clock);
        await node.Send("wrong", new Count(1));
        await store.Run(
            "update handoff.mt_doc_snapshot set due = $1, is_timed = true where id = 'counter-wrong'",
            Seven.AddDays(-1).UtcDateTime
        );
        await node.Send("a", new Promise(Seven));
        await Do(node);
        (await node.State("a")).Lapses.ShouldBe(1);
    }

    [Fact]
    public async Task A_deadline_on_a_stream_that_cannot_be_read_does_not_hold_up_others()
    {
        var node = store.Node(clock);
        await node.Send("bad", new Promise(Seven));
        await Foreign.Insert(store, "counter-bad", 2, "from_the_future", "{}");
        await node.Send("a", new Promise(Seven));
        await Do(node);
        (await node.State("a")).Lapses.ShouldBe(1);
    }

    [Fact]
    public async Task Reactions_go_on_from_where_they_were()
    {
        var first = store.Node(clock, Echo);
        await first.Send("a", new Count(1));
        await Do(first);
        await first.DisposeAsync();
        var next = store.Node(clock, Echo);
        await next.Send("a", new Count(1));
        await Do(next);
        (await next.State("echo")).Total.ShouldBe(2);
        (
            await store.One<long>(
                "select (data ->> 'position')::bigint from handoff.mt_doc_reaction_checkpoint where id = 'Echo' and tenant_id = 'north'"
            )
        ).ShouldBe((await next.Events())[^1].Position);
    }

    [Fact]
    public async Task Reactions_that_are_repeated_change_nothing()
    {
        var node = store.Node(clock, Echo);
        await node.Send("a", new Count(1));
        await Do(node);
        await store.Run("delete from handoff.mt_doc_reaction_checkpoint");
        await Task.WhenAll(Do(node), Do(store.Node(clock, Echo)));
        (await node.State("echo")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_reaction_that_fails_holds_up_neither_other_reactions_nor_deadlines()
    {
        var failing = new Reaction("Failing", fact => fact.Event is Counted && fact.Key == "a" ? [new Blunder { Key = "b" }] : []);
        var node = store.Node(clock, failing, Echo);
        await node.Send("a", new Count(1));
        await node.Send("p", new Promise(Seven));
        await Do(node);
        (await node.State("echo")).Total.ShouldBe(1);
        (await node.State("p")).Lapses.ShouldBe(1);
    }

    [Fact]
    public async Task A_reaction_that_failed_is_done_when_it_can_be_and_later_ones_do_not_wait()
    {
        var isBroken = true;
        var moody = new Reaction(
            "Moody",
            fact =>
                (fact.Event, fact.Key) switch
                {
                    (Counted, "a") => [isBroken ? new Blunder { Key = "bad" } : new Count(1) { Key = "bad" }],
                    (Counted, "b") => [new Count(1) { Key = "good" }],
                    _ => [],
                }
        );
        var node = store.Node(clock, moody);
        await node.Send("a", new Count(1));
        await node.Send("b", new Count(1));
        await Do(node);
        (await node.State("good")).Total.ShouldBe(1);
        isBroken = false;
        clock.Now += TimeSpan.FromMinutes(2);
        await Do(node);
        await Do(store.Node(clock, moody));
        (await node.State("bad")).Total.ShouldBe(1);
        (await node.State("good")).Total.ShouldBe(1);
    }

    [Fact]
    public async Task What_concerns_several_reaches_each_of_them_once()
    {
        var isBroken = true;
        var shared = new Reaction(
            "Shared",
            fact =>
                fact is { Event: Counted, Key: "a" }
                    ?
                    [
                        new Count(1) { Key = "x" },
                        isBroken ? new Blunder { Key = "y" } : new Count(1) { Key = "y" },
                        new Count(1) { Key = "z" },
                    ]
                    : []
        );
        var node = store.Node(clock, shared);
        await node.Send("a", new Count(1));
        await Do(node);
        (await Totals(node)).ShouldBe([1, 0, 1]);
        isBroken = false;
        clock.Now += TimeSpan.FromMinutes(2);
        await Do(node);
        await store.Run("delete from handoff.mt_doc_reaction_checkpoint");
        await Task.WhenAll(Do(node), Do(store.Node(clock, shared)));
        (await Totals(node)).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public async Task A_reactions_only_command_is_the_request_that_it_was_before_there_could_be_several()
    {
        var node = store.Node(clock, Echo);
        await node.Send("a", new Count(1));
        await Do(node);
        var events = await node.Events();
        events
            .Single(e => e.Recorded.Key == "echo")
            .Recorded.Id.ShouldBe(NamedId.From("Echo", events.Single(e => e.Recorded.Key == "a").Recorded.Id.ToString("N")));
    }

    private static async Task<int[]> Totals(Node node) =>
        [(await node.State("x")).Total, (await node.State("y")).Total, (await node.State("z")).Total];

    private static Reaction Echo =>
        new("Echo", fact => fact.Event is Counted counted && fact.Key != "echo" ? [new Count(counted.By) { Key = "echo" }] : []);

    private static async Task Do(Node node)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await node.Duties.DoNow(StoreFixture.Facility, patience.Token);
    }
}
