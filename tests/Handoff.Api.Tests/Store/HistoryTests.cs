using System.Collections.Concurrent;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Kernel;
using Marten;

namespace Handoff.Api.Tests.Store;

/// <summary>
/// Random histories through the whole engine, on two nodes at once, against the pure domain in memory: whatever the order turned out to be,
/// each answer
/// is what <c>Decide</c> says on the states as they stood there. <c>HISTORY_SEED=7 dotnet test</c> sends what a failure's seed sent.
/// </summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private const int Senders = 8;
    private const int Each = 50;

    private readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("HISTORY_SEED"), out var given)
        ? given
        : Random.Shared.Next(1_000_000);
    private readonly ConcurrentQueue<Exchange> exchanges = new();
    private readonly ConcurrentDictionary<string, long> acknowledged = new();
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Each_answer_and_each_state_is_what_the_domain_says_on_the_log_s_own_order()
    {
        var late = new SteeredClock();
        late.Advance(-TimeSpan.FromSeconds(3));
        Node[] nodes = [store.Node(), store.Node(late)];
        await Task.WhenAll(nodes.Select(n => n.Start(n.Follower)));
        foreach (var opening in Wishes.Opening)
        {
            await Send(nodes[0], new(opening, StoreFixture.Nurse, Guid.CreateVersion7()));
        }

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => Talk(nodes, new Wishes(seed * Senders + sender)))));

        var log = await nodes[0].Events();
        var past = new Past(log);
        exchanges.Count(e => e.Answer.Refusal is not null).ShouldBeGreaterThan(Each / 5, Because("refused"));
        exchanges.Count(e => e.Answer.Events?.Count > 0).ShouldBeGreaterThan(Each, Because("recorded"));
        ThereIsOneOrder(log);
        past.ShouldAllBe(exchanges, Because);
        await TheDocumentsAre(past.Latest(), nodes[0]);
        await BothNodesKnow(past.Latest(), nodes);
        (await new Verify(nodes[0].Source, StoreFixture.Names).Run(null, CancellationToken.None))
            .Lines()
            .Skip(1)
            .ShouldBeEmpty(Because("verify"));
    }

    /// <summary>
    /// One sender: mostly something new, sometimes what anybody has sent before, on either node, or an id that stands for something else.
    /// </summary>
    private async Task Talk(Node[] nodes, Wishes wishes)
    {
        var random = wishes.Random;
        for (var i = 0; i < Each; i++)
        {
            var said = !exchanges.IsEmpty && random.Next(5) == 0 ? exchanges.ElementAt(random.Next(exchanges.Count)).Sent : null;
            var wish = wishes.Next(acknowledged);
            var sent = (said, random.Next(8)) switch
            {
                (null, _) => wish,
                (_, 0) when wish.Command.Stream != said.Command.Stream => wish with { Request = said.Request },
                _ => said,
            };
            await Task.WhenAll((random.Next(8) == 0 ? nodes : [nodes[random.Next(nodes.Length)]]).Select(node => Send(node, sent)));
        }
    }

    private async Task Send(Node node, CommandEnvelope sent)
    {
        var version = acknowledged.GetValueOrDefault(sent.Stream);
        var isKnown = exchanges.Any(e => ReferenceEquals(e.Sent, sent) && e.Answer.Events?.Count > 0);
        var answer = await node.Log.Send(StoreFixture.Facility, sent);
        acknowledged.AddOrUpdate(sent.Stream, answer.Version, (_, before) => Math.Max(before, answer.Version));
        exchanges.Enqueue(new(sent, version, isKnown, answer, DateTimeOffset.UtcNow));
    }

    private void ThereIsOneOrder(List<StoredEvent> log)
    {
        log.Select(l => l.Position).ShouldBe(log.Select(l => l.Position).Order(), Because("positions"));
        log.Select(l => l.Position).ShouldBeUnique();
        log.Select(l => l.Recorded.At).ShouldBe(log.Select(l => l.Recorded.At).Order(), Because("times"));
        foreach (var stream in log.GroupBy(l => l.Recorded.Stream))
        {
            stream.Select(l => l.Version).ShouldBe(Enumerable.Range(1, stream.Count()).Select(v => (long)v), Because(stream.Key));
        }
    }

    private async Task TheDocumentsAre(IReadOnlyDictionary<string, SavedState> states, Node node)
    {
        await using var session = node.Store.Read(StoreFixture.Facility);
        var documents = (await session.Query<Snapshot>().ToListAsync()).ToDictionary(d => d.Id);
        documents.Keys.ShouldBe(states.Keys, ignoreOrder: true, Because("documents"));
        foreach (var (stream, state) in states)
        {
            var document = documents[stream];
            (document.Version, document.Position, EventTypeRegistry.Write(document.State!)).ShouldBe(
                (state.Version, state.Position, EventTypeRegistry.Write(state.State)),
                Because(stream)
            );
        }

        (await store.All<string>("select id || ' ' || version from handoff.mt_streams")).ShouldBe(
            states.Select(s => $"{s.Key} {s.Value.Version}"),
            ignoreOrder: true,
            Because("streams")
        );
    }

    // What a node remembers is brought up to date by its follower.
    private static async Task BothNodesKnow(IReadOnlyDictionary<string, SavedState> states, Node[] nodes)
    {
        foreach (var (stream, state) in states.Where(s => s.Value.State is Counter))
        {
            await Waiting.Until(async () =>
                (
                    await Task.WhenAll(
                        nodes.Select(n => n.Log.State<Counter>(StoreFixture.Facility, StreamId.Key(stream), default).AsTask())
                    )
                ).All(s => s == (Counter)state.State)
            );
        }
    }

    private string Because(string what) => $"of seed {seed}: {what}";
}
