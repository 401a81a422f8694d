using System.Collections.Concurrent;
using Handoff.Api.Store;
using Handoff.Api.Tests.Embedded;
using Handoff.Api.Tests.Support;

namespace Handoff.Api.Tests.Store;

public sealed class FaultTests
{
    private const string Started = "select pg_postmaster_start_time()";

    [Theory]
    [InlineData(8, 1)]
    [InlineData(48, 1)]
    [InlineData(48, 12)]
    public async Task What_was_acknowledged_survives_connections_that_are_cut(int writers, int facilities)
    {
        await using var store = await StoreFixture.New();
        var node = store.Node();
        await node.Send("first", new Count(1));
        var writing = Write(node, writers, each: 3600 / writers, facilities, new());
        for (var i = 0; i < 12 && !writing.IsCompleted; i++)
        {
            await store.Run(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'handoff' and datname = current_database()"
            );
            await Task.Delay(60);
        }

        var acknowledged = await writing;
        acknowledged.Count.ShouldBeGreaterThan(0);
        await using var after = new Node(store.ConnectionString, TimeProvider.System);
        await AllIsThere(after, facilities, acknowledged, because: "of a cut connection");
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(48, 1)]
    [InlineData(48, 12)]
    public async Task What_was_acknowledged_survives_a_database_that_is_killed(int writers, int facilities)
    {
        await using var cluster = await Cluster.Start(isDurable: true);
        await using var store = await StoreFixture.On(cluster.ConnectionString);
        var node = store.Node();
        await node.Send("first", new Count(1));
        var postmaster = Parent(await store.One<int>("select pg_backend_pid()"));
        var started = await store.One<DateTime>(Started);
        var acknowledged = new ConcurrentDictionary<Guid, CommandResult>();
        var writing = Write(node, writers, each: 4800 / writers, facilities, acknowledged);
        await Waiting.Until(() => acknowledged.Count > 600);
        Machine.Kill(postmaster);
        acknowledged.Count.ShouldBeLessThan(4800);
        await writing;
        await Waiting.Until(async () =>
        {
            try
            {
                return await store.One<DateTime>(Started) > started;
            }
            catch (Npgsql.NpgsqlException)
            {
                return false;
            }
        });
        await using var after = new Node(store.ConnectionString, TimeProvider.System);
        await AllIsThere(after, facilities, acknowledged, because: "of a killed database");
    }

    [Fact]
    public async Task What_a_node_acknowledged_survives_that_it_is_killed_and_the_rest_is_wholly_in_or_wholly_out()
    {
        await using var store = await StoreFixture.New();
        var (survivor, ownRequests) = (store.Node(), new ConcurrentBag<Guid>());
        using var enough = new CancellationTokenSource();
        var goesOn = Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(w =>
                    Task.Run(async () =>
                    {
                        while (!enough.IsCancellationRequested)
                        {
                            ownRequests.Add((await survivor.Send($"s{w}", new Count(1))).Events!.Single());
                        }
                    })
                )
        );
        var maybe = new List<(CommandEnvelope Sent, (long Version, long Position)? Answered)>();
        for (var life = 0; life < 2; life++)
        {
            using var killed = OtherNode.Begin(store.ConnectionString, life);
            var answered = await killed.KilledAfter(300 + 200 * life);
            maybe.AddRange(
                Enumerable
                    .Range(0, OtherNode.MayHaveSent(answered.Keys.Max()))
                    .Select(n => (OtherNode.Request(life, n), answered.TryGetValue(n, out var known) ? known : ((long, long)?)null))
            );
        }

        // What the dead left open holds nobody up.
        ownRequests.Add((await survivor.Send("after", new Count(1))).Events!.Single());
        await enough.CancelAsync();
        await goesOn;

        var events = (await survivor.Events()).ToDictionary(e => e.Recorded.Id);
        foreach (var (sent, answered) in maybe)
        {
            var written = sent.EventIds(2).Where(events.ContainsKey).ToList();
            written.Count.ShouldBeOneOf(answered is null ? [0, 2] : [2]);
            (answered is null || answered == (events[written[1]].Version, events[written[1]].Position)).ShouldBeTrue();
        }

        var again = await Task.WhenAll(maybe.Select(m => survivor.Log.Send(StoreFixture.Facility, m.Sent)));
        again
            .Zip(maybe)
            .ShouldAllBe(a => a.First.Refusal == null && (a.Second.Answered == null || a.Second.Answered.Value.Version == a.First.Version));
        (await survivor.Events())
            .Select(e => e.Recorded.Id)
            .ShouldBe(maybe.SelectMany(m => m.Sent.EventIds(2)).Concat(ownRequests), ignoreOrder: true);
        (await new Verify(survivor.Source, StoreFixture.Names).Run(null, CancellationToken.None)).Lines().Skip(1).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_stops_does_not_ask_a_database_that_is_gone_for_each_command()
    {
        await using var gone = new SilentServer();
        await using var node = new Node(gone.ConnectionString, TimeProvider.System);
        var waiting = Enumerable.Range(0, 200).Select(i => node.Send(i % 2 == 0 ? "a" : "b", new Count(1))).ToList();
        await Waiting.Until(() => gone.Asked > 0);
        var stopping = node.Log.DisposeAsync().AsTask();
        gone.HangUp();
        foreach (var refused in waiting)
        {
            await Should.ThrowAsync<LogUnavailableException>(refused);
        }

        await stopping;
        gone.Asked.ShouldBeLessThan(5);
    }

    [Fact]
    public async Task A_service_that_stops_finishes_what_it_took_in()
    {
        await using var store = await StoreFixture.New();
        var node = store.Node();
        var sent = Enumerable.Range(0, 300).Select(i => node.Send($"s{i % 9}", new Count(1))).ToList();
        await node.Log.DisposeAsync();
        (await Task.WhenAll(sent)).ShouldAllBe(a => a.Refusal == null);
        Should.Throw<LogUnavailableException>(() => node.Send("s", new Count(1)));
        Should.Throw<LogUnavailableException>(() => node.Send("s", new Count(1), facility: "another"));
        (await node.Events()).Count.ShouldBe(300);
    }

    // Each writer sends again what was not answered, as a tablet's queue does; what it counts was acknowledged.
    private static async Task<ConcurrentDictionary<Guid, CommandResult>> Write(
        Node node,
        int writers,
        int each,
        int facilities,
        ConcurrentDictionary<Guid, CommandResult> acknowledged
    )
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, writers)
                .Select(w =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < each; i++)
                        {
                            var request = Guid.CreateVersion7();
                            for (var tries = 0; tries < 60 && !acknowledged.ContainsKey(request); tries++)
                            {
                                try
                                {
                                    acknowledged[request] = await node.Send(
                                        $"s{(w + i) % 11}",
                                        i % 3 == 0 ? new CountTwice(1) : new Count(1),
                                        request,
                                        facility: Facility(w % facilities)
                                    );
                                }
                                catch (LogUnavailableException)
                                {
                                    await Task.Delay(50);
                                }
                            }
                        }
                    })
                )
        );
        acknowledged.Count.ShouldBe(writers * each);
        return acknowledged;
    }

    private static async Task AllIsThere(Node node, int facilities, ConcurrentDictionary<Guid, CommandResult> acknowledged, string because)
    {
        var logs = await Task.WhenAll(Enumerable.Range(0, facilities).Select(f => node.Events(Facility(f))));
        var events = logs.SelectMany(e => e).Where(e => e.Recorded.Stream != "counter-first").ToDictionary(e => e.Recorded.Id);
        events.Keys.ShouldBe(acknowledged.Values.SelectMany(a => a.Events!), ignoreOrder: true, because);
        acknowledged.ShouldAllBe(a => a.Value.Refusal == null && a.Value.Events![0] == a.Key);
        acknowledged.Values.ShouldAllBe(a => events[Last(a)].Position == a.Position && events[Last(a)].Version == a.Version);
        (await new Verify(node.Source, StoreFixture.Names).Run(null, CancellationToken.None))
            .Lines()
            .Skip(facilities)
            .ShouldBeEmpty(because);
    }

    private static Guid Last(CommandResult answer) => answer.Events![answer.Events.Count - 1];

    private static string Facility(int index) => index == 0 ? StoreFixture.Facility : $"{StoreFixture.Facility}-{index}";

    private static int Parent(int process) =>
        int.Parse(File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("PPid:", StringComparison.Ordinal))[5..]);
}
