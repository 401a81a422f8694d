using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Store;

public sealed class RequestTests : IAsyncLifetime
{
    private readonly Guid request = Guid.CreateVersion7();
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task The_same_request_again_gets_its_first_answer()
    {
        var node = store.Node();
        var first = await node.Send("a", new Count(2), request);
        await node.Send("a", new Count(1));
        Same(await node.Send("a", new Count(2), request), first);
        (await node.State("a")).Total.ShouldBe(3);
    }

    [Fact]
    public async Task The_first_answer_names_all_of_its_events()
    {
        var node = store.Node();
        var first = await node.Send("a", new CountTwice(2), request);
        first.Events!.Count.ShouldBe(2);
        await node.Send("a", new Count(1));
        Same(await node.Send("a", new CountTwice(2), request), first);
    }

    [Fact]
    public async Task The_same_request_at_once_is_recorded_once()
    {
        var nodes = new[] { store.Node(), store.Node() };
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => nodes[i % 2].Send("a", new Count(2), request)));
        answers.ShouldAllBe(a => a.Refusal == null && a.Version == 1 && a.Events!.Single() == request);
        (await nodes[0].Events()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_same_request_after_a_restart_gets_its_first_answer()
    {
        var before = store.Node();
        var first = await before.Send("a", new Count(2), request);
        await before.DisposeAsync();
        Same(await store.Node().Send("a", new Count(2), request), first);
    }

    [Fact]
    public async Task A_request_that_would_be_refused_by_now_still_gets_its_first_answer()
    {
        var node = store.Node();
        var first = await node.Send("a", new Count(2), request);
        await node.Send("a", new CloseCounter());
        Same(await node.Send("a", new Count(2), request), first);
        Same(await node.Send("a", new Count(2), request, expected: 0), first);
    }

    [Fact]
    public async Task A_request_id_is_not_used_for_another_body()
    {
        var node = store.Node();
        await node.Send("a", new Count(2), request);
        Reused(await node.Send("a", new Count(3), request));
        Reused(await node.Send("b", new Count(2), request));
        (await node.Events()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_request_id_is_not_used_for_two_things_at_once()
    {
        var node = store.Node();
        await node.Send("z", new Count(1));
        var both = await Task.WhenAll(
            node.Send("a", new Count(2), request),
            node.Send("b", new Count(2), request),
            node.Send("c", new Count(1))
        );
        both[..2].Count(a => a.Refusal?.Code == "request-id-reused").ShouldBe(1);
        both[2].Refusal.ShouldBeNull();
        (await node.Events()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_request_id_of_another_facility_is_not_used_here()
    {
        var node = store.Node();
        await node.Send("a", new Count(2), request, facility: "south");
        Reused(await node.Send("a", new Count(2), request));
        (await node.Events()).ShouldBeEmpty();
        (await node.Send("a", new Count(2))).Version.ShouldBe(1);
    }

    private static void Reused(CommandResult answer)
    {
        answer.Refusal!.Code.ShouldBe("request-id-reused");
        answer.Refusal.Kind.ShouldBe(RefusalKind.Conflict);
    }

    private static void Same(CommandResult again, CommandResult first)
    {
        again.Refusal.ShouldBeNull();
        (again.Stream, again.Version, again.Position).ShouldBe((first.Stream, first.Version, first.Position));
        again.Events.ShouldBe(first.Events);
    }
}
