using System.Collections.Concurrent;
using System.Diagnostics;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Tests.Store;

/// <summary>
/// Events have numbers of one sequence for all facilities: while one facility's transaction stays open, the numbers in it are missing, and
/// nobody may wait for them.
/// </summary>
public sealed class OpenTransactionTests : IAsyncLifetime
{
    private const string Held = "house3";

    private static readonly string[] Others = [.. Enumerable.Range(0, 8).Select(f => $"house{f}").Where(f => f != Held)];
    private static readonly TimeSpan SomeWhile = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, ConcurrentQueue<long>> heard = new();
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Theory]
    [InlineData("select from handoff.heads where tenant_id = 'house3' for update", false)]
    [InlineData("select from handoff.mt_doc_snapshot where tenant_id = 'house3' and id = 'counter-s' for update", true)]
    public async Task A_facility_that_can_not_commit_stops_no_other_s_appends_followers_and_duties(string hold, bool isAppended)
    {
        var (writer, busy) = (store.Node(), store.Node(null, Echo));
        await Task.WhenAll(Others.Append(Held).Select(f => writer.Send("s", new Count(1), facility: f)));
        busy.Follower.HandTo(Hear);
        await busy.Start(busy.Follower);
        await busy.Start(new RunningDuties(busy.Duties));
        await writer.Start(writer.Follower);
        await Task.WhenAll(Others.Append(Held).Select(f => Waiting.Until(async () => (await busy.State("echo", f)).Total == 1)));

        await using var connection = await store.Owner.OpenConnectionAsync();
        await using var holding = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(hold, connection, holding))
        {
            await command.ExecuteNonQueryAsync();
        }

        var drawn = await store.One<long>("select last_value from handoff.mt_events_sequence");
        var held = Enumerable.Range(0, 4).Select(_ => writer.Send("s", new Count(1), facility: Held)).ToList();
        await Waiting.Until(async () =>
            await store.One<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
            > 0
        );
        (await store.One<long>("select last_value from handoff.mt_events_sequence") > drawn).ShouldBe(isAppended);

        var rounds = 0;
        for (var since = Stopwatch.StartNew(); since.Elapsed < SomeWhile || rounds < 5; rounds++)
        {
            (
                await Task.WhenAll(
                    Others.SelectMany(f =>
                        new[]
                        {
                            writer.Send("s", new Count(1), facility: f),
                            writer.Send($"p{rounds}", new Promise(DateTimeOffset.UtcNow), facility: f),
                        }
                    )
                )
            ).ShouldAllBe(a => a.Refusal == null);
        }

        foreach (var facility in Others)
        {
            await Waiting.Until(async () => (await busy.State("echo", facility)).Total == rounds + 1);
            await Waiting.Until(async () =>
                (await Task.WhenAll(Enumerable.Range(0, rounds).Select(r => busy.State($"p{r}", facility)))).All(p => p.Lapses == 1)
            );
            await HasHeardAll(busy, facility);
        }

        held.ShouldAllBe(h => !h.IsCompleted);
        await holding.CommitAsync();
        (await Task.WhenAll(held)).Select(a => a.Version).ShouldBe([2, 3, 4, 5], ignoreOrder: true);
        await Waiting.Until(async () => (await busy.State("echo", Held)).Total == 5);
        await HasHeardAll(busy, Held);
        (await new Verify(writer.Source, StoreFixture.Names).Run(null, CancellationToken.None)).Lines().Skip(8).ShouldBeEmpty();
    }

    private static Reaction Echo =>
        new("Echo", fact => fact.Event is Counted counted && fact.Key != "echo" ? [new Count(counted.By) { Key = "echo" }] : []);

    private Task Hear(string facility, IReadOnlyList<StoredEvent> page, CancellationToken cancel)
    {
        page.ToList().ForEach(logged => heard.GetOrAdd(facility, _ => new()).Enqueue(logged.Position));
        return Task.CompletedTask;
    }

    // The first event was there before the follower was.
    private async Task HasHeardAll(Node node, string facility)
    {
        var positions = (await node.Events(facility)).Skip(1).Select(e => e.Position).ToList();
        await Waiting.Until(() => heard[facility].Count >= positions.Count);
        heard[facility].ShouldBe(positions);
    }
}
