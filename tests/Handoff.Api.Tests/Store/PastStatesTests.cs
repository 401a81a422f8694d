using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Store;

public sealed class PastStatesTests : IAsyncLifetime
{
    private const int Events = 450;
    private static readonly DateTimeOffset Begun = new(2026, 11, 1, 5, 30, 0, TimeSpan.Zero);

    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_state_of_the_past_is_the_same_in_whatever_order_instants_are_asked()
    {
        var node = await Counted();
        var asked = Enumerable
            .Range(-1, Events + 2)
            .Where(i => i % 23 == 0 || i is -1 or 199 or 200 or 201 or 399 or 400 or Events)
            .ToList();
        foreach (var order in new[] { asked, [.. asked.AsEnumerable().Reverse()], [.. asked.OrderBy(i => i * 7919 % 101)] })
        {
            var past = new PastStates(node.Reader, StoreFixture.Names);
            foreach (var i in order)
            {
                var at = await At(past, Begun.AddMinutes(i));
                (((Counter)at.State).Total, at.Version).ShouldBe((Math.Clamp(i + 1, 0, Events), Math.Clamp(i + 1, 0, Events)), $"{i}");
            }
        }
    }

    [Fact]
    public async Task What_is_recorded_later_is_not_in_it_and_then_is()
    {
        var node = await Counted();
        var past = new PastStates(node.Reader, StoreFixture.Names);
        (await At(past, Begun.AddDays(2))).Version.ShouldBe(Events);
        await node.Send("a", new Count(5));
        (await At(past, Begun.AddHours(7.45))).Version.ShouldBe(448);
        ((Counter)(await At(past, DateTimeOffset.UtcNow.AddMinutes(1))).State).Total.ShouldBe(Events + 5);
    }

    [Fact]
    public async Task Many_ask_at_once()
    {
        var node = await Counted();
        var past = new PastStates(node.Reader, StoreFixture.Names);
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => (i, At: await At(past, Begun.AddMinutes(i * 11)))));
        answers.ShouldAllBe(a => a.At.Version == Math.Min(a.i * 11 + 1, Events));
    }

    private static async Task<SavedState> At(PastStates past, DateTimeOffset at)
    {
        var stream = StreamId.For("counter", "a");
        return (await past.At(StoreFixture.Facility, [stream], at, CancellationToken.None))[stream];
    }

    // One event each minute.
    private async Task<Node> Counted()
    {
        var clock = new SetClock(Begun);
        var node = store.Node(clock);
        for (var i = 0; i < Events; i++)
        {
            clock.Now = Begun.AddMinutes(i);
            await node.Send("a", new Count(1));
        }

        clock.Now = DateTimeOffset.UtcNow;
        return node;
    }
}
