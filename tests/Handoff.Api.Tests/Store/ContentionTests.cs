using System.Collections.Concurrent;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Api.Tests.Store;

public sealed class ContentionTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task Many_writers_append_each_thing_once_and_in_order()
    {
        var node = store.Node();
        var writers = Enumerable
            .Range(0, 32)
            .Select(w =>
                Task.Run(async () =>
                {
                    var answers = new List<CommandResult>();
                    for (var i = 0; i < 25; i++)
                    {
                        answers.Add(await node.Send($"s{(w * 25 + i) % 40}", new Count(1)));
                    }

                    return answers;
                })
            );
        var following = Follow(node, 800);
        var answers = (await Task.WhenAll(writers)).SelectMany(a => a).ToList();
        var events = await node.Events();
        events.Select(e => e.Recorded.Id).ShouldBe(answers.SelectMany(a => a.Events!), ignoreOrder: true);
        events
            .GroupBy(e => e.Recorded.Stream)
            .ShouldAllBe(s => s.Select(e => e.Version).SequenceEqual(Enumerable.Range(1, 20).Select(v => (long)v)));
        (await following).ShouldBe(events.Select(e => e.Position));
        answers.Select(a => (a.Stream, a.Version)).ShouldBeUnique();
    }

    [Fact]
    public async Task A_follower_never_misses_or_repeats_an_event_of_two_nodes()
    {
        var nodes = new[] { store.Node(), store.Node() };
        var following = Follow(store.Node(), 600);
        await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(w =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < 20; i++)
                        {
                            await nodes[w % 2].Send($"w{w}", new Count(1));
                        }
                    })
                )
        );
        (await following).ShouldBe((await nodes[0].Events()).Select(e => e.Position));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public async Task Two_nodes_on_the_same_streams_lose_no_update(int writers)
    {
        var nodes = new[] { store.Node(), store.Node() };
        await Task.WhenAll(nodes.Select(n => n.Start(n.Follower)));
        await Task.WhenAll(
            Enumerable
                .Range(0, writers)
                .Select(w =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < 20; i++)
                        {
                            (await nodes[w % 2].Send($"s{i % 3}", new Count(1))).Refusal.ShouldBeNull();
                        }
                    })
                )
        );
        var totals = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => nodes[0].State($"s{i}")));
        totals.Sum(t => t.Total).ShouldBe(writers * 20);
        (await nodes[0].Events()).Count.ShouldBe(writers * 20);
    }

    [Fact]
    public async Task Writers_on_two_nodes_who_say_everything_twice_lose_nothing_and_double_nothing()
    {
        var nodes = new[] { store.Node(), store.Node() };
        await Task.WhenAll(nodes.Select(n => n.Start(n.Follower)));
        var following = Follow(store.Node(), 16 * 40);
        var answers = (
            await Task.WhenAll(
                Enumerable
                    .Range(0, 16)
                    .Select(w =>
                        Task.Run(async () =>
                        {
                            var pairs = new List<CommandResult[]>();
                            for (var i = 0; i < 40; i++)
                            {
                                var (request, stream) = (Guid.CreateVersion7(), $"s{(w * 7 + i) % 20}");
                                var first = nodes[w % 2].Send(stream, new Count(1), request);
                                pairs.Add(
                                    i % 2 == 0
                                        ? await Task.WhenAll(first, nodes[(w + 1) % 2].Send(stream, new Count(1), request))
                                        : [await first, await nodes[(w + 1) % 2].Send(stream, new Count(1), request)]
                                );
                            }

                            return pairs;
                        })
                    )
            )
        ).SelectMany(p => p).ToList();

        answers.ShouldAllBe(a =>
            a[0].Refusal == null
            && a[0].Version == a[1].Version
            && a[0].Position == a[1].Position
            && a[0].Events!.Single() == a[1].Events!.Single()
        );
        var events = await nodes[0].Events();
        events
            .Select(e => (e.Recorded.Id, e.Recorded.Stream, e.Version, e.Position))
            .ShouldBe(answers.Select(a => a[0]).OrderBy(a => a.Position).Select(a => (a.Events![0], a.Stream, a.Version, a.Position)));
        events
            .GroupBy(e => e.Recorded.Stream)
            .ShouldAllBe(s => s.Select(e => e.Version).SequenceEqual(Enumerable.Range(1, 32).Select(v => (long)v)));
        (await following).ShouldBe(events.Select(e => e.Position));
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(i => nodes[1].State($"s{i}")))).ShouldAllBe(s => s.Total == 32);
        (await new Verify(nodes[0].Source, StoreFixture.Names).Run(null, CancellationToken.None)).Lines().Skip(1).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task In_a_crowd_each_answer_is_what_the_log_holds(int count)
    {
        var nodes = Enumerable.Range(0, count).Select(_ => store.Node()).ToArray();
        await Task.WhenAll(nodes.Select(n => n.Start(n.Follower)));
        var sent = new ConcurrentBag<(Command<Counter> Command, CommandResult Answer, IReadOnlyList<Guid> Events)>();
        await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(w =>
                    Task.Run(async () =>
                    {
                        var (node, random) = (nodes[w % count], new Random(w));
                        for (var i = 0; i < 30; i++)
                        {
                            var (request, key, other) = (
                                Guid.CreateVersion7(),
                                $"s{random.Next(24)}",
                                $"{(random.Next(2) == 0 ? "s" : "late")}{random.Next(24)}"
                            );
                            Command<Counter> command = random.Next(10) switch
                            {
                                0 => new Count(0),
                                1 or 2 => new CountUnless(other),
                                3 => new CountTwice(1),
                                4 when i > 20 => new CloseCounter(),
                                5 => new Count(1) { Key = other },
                                _ => new Count(1),
                            };
                            var answer = await node.Send(command.Key is "" ? key : command.Key, command, request);
                            sent.Add((command, answer, answer.Events ?? []));
                            if (answer.Events?.Count > 0 && random.Next(5) == 0)
                            {
                                (await nodes[^1].Send(command.Key is "" ? key : command.Key, command, request)).Events.ShouldBe(
                                    answer.Events
                                );
                            }
                        }
                    })
                )
        );

        var events = (await nodes[0].Events()).ToDictionary(e => e.Recorded.Id);
        sent.SelectMany(s => s.Events).ShouldBe(events.Keys, ignoreOrder: true);
        sent.Where(s => s.Events.Count > 0)
            .Select(s => (s.Answer.Position, s.Answer.Version))
            .ShouldBe(sent.Where(s => s.Events.Count > 0).Select(s => events[s.Events[^1]]).Select(e => (e.Position, e.Version)));
        sent.Count(s => s.Answer.Refusal is not null).ShouldBeGreaterThan(0);
        foreach (var stream in events.Values.GroupBy(e => e.Recorded.Stream))
        {
            stream.OrderBy(e => e.Position).Select(e => e.Version).ShouldBe(Enumerable.Range(1, stream.Count()).Select(v => (long)v));
        }

        // Whoever counted because the other had counted nothing did so before the other counted anything.
        var first = events
            .Values.Where(e => e.Recorded.Event is Counted)
            .GroupBy(e => e.Recorded.Key)
            .ToDictionary(s => s.Key, s => s.Min(e => e.Position));
        foreach (
            var (other, position) in sent.Where(s => s.Events.Count > 0).Select(s => ((s.Command as CountUnless)?.Other, s.Answer.Position))
        )
        {
            position.ShouldBeLessThanOrEqualTo(first.GetValueOrDefault(other ?? "", long.MaxValue));
        }

        (await new Verify(nodes[0].Source, StoreFixture.Names).Run(StoreFixture.Facility, CancellationToken.None)).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_is_new_to_a_node_is_not_kept_waiting_by_a_crowd_that_is_known()
    {
        var node = store.Node();
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var (answered, most) = (0, 0);
        var crowd = Task.WhenAll(
            Enumerable
                .Range(0, 96)
                .Select(w =>
                    Task.Run(async () =>
                    {
                        while (!enough.IsCancellationRequested)
                        {
                            await node.Send($"known{w}", new Count(1));
                            Interlocked.Increment(ref answered);
                        }
                    })
                )
        );
        for (var i = 0; i < 60; i++)
        {
            var before = answered;
            (await node.Send($"new{i}", new Count(1))).Refusal.ShouldBeNull();
            most = Math.Max(most, answered - before);
        }

        enough.IsCancellationRequested.ShouldBeFalse();
        await enough.CancelAsync();
        await crowd;
        most.ShouldBeLessThan(5 * 96);
    }

    [Fact]
    public async Task A_batch_that_was_not_taken_leaves_nothing_behind()
    {
        var (one, other) = (store.Node(), store.Node());
        await one.Send("a", new Count(1));
        for (var i = 0; i < 3; i++)
        {
            // Each goes on where the log no longer ends.
            await other.Send("b", new Count(1));
            await one.Send("a", new Count(1));
        }

        // Marten finishes what it does about failures before its store is gone.
        await one.DisposeAsync();
        await other.DisposeAsync();
        (await store.All<string>("select id from handoff.mt_streams")).ShouldBe(["counter-a", "counter-b"], ignoreOrder: true);
        (await store.One<long>("select count(*) from handoff.mt_events")).ShouldBe(7);
    }

    [Fact]
    public async Task A_node_that_keeps_losing_the_race_gets_its_turn()
    {
        var (busy, other) = (store.Node(), store.Node());
        using var enough = new CancellationTokenSource();
        var pressing = Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (!enough.IsCancellationRequested)
                        {
                            await busy.Send("s", new Count(1));
                        }
                    })
                )
        );
        for (var i = 0; i < 20; i++)
        {
            (await other.Send("s", new Count(1))).Refusal.ShouldBeNull();
        }

        await enough.CancelAsync();
        await pressing;
        (await other.State("s")).Total.ShouldBe((await other.Events()).Count);
    }

    [Fact]
    public async Task What_another_node_has_just_recorded_counts_here()
    {
        var (one, other) = (store.Node(), store.Node());
        await one.Send("a", new Count(1));
        await other.Send("a", new Count(1));
        var seen = await one.Send("a", new Count(1));
        (await other.Send("a", new Count(1), expected: seen.Version)).Refusal.ShouldBeNull();
        await one.Send("b", new CountUnless("c"));
        (await other.Send("d", new CountUnless("c"))).Refusal.ShouldBeNull();
        await one.Send("c", new CloseCounter());
        (await other.Send("c", new Count(1))).Refusal!.Code.ShouldBe("counter-closed");
    }

    [Fact]
    public async Task Nobody_is_refused_for_what_was_then_not_recorded()
    {
        var (one, other) = (store.Node(), store.Node());
        for (var i = 0; i < 20; i++)
        {
            // What the first node remembers of it is old by then: its count is decided, is not taken, and is refused.
            var open = await one.Send($"x{i}", new PutOn("2-west", Guid.NewGuid()));
            await other.Send($"x{i}", new CloseCounter());
            var answers = await Task.WhenAll(one.Send($"x{i}", new Count(1)), one.Send($"y{i}", new CountUnless($"x{i}")));
            answers.Select(a => a.Refusal?.Code).ShouldBe(["counter-closed", null], $"in round {i}, after version {open.Version}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_decision_that_looks_at_another_stream_sees_what_was_recorded_just_before(int count)
    {
        var nodes = Enumerable.Range(0, count).Select(_ => store.Node()).ToArray();
        for (var i = 0; i < 20; i++)
        {
            var answers = await Task.WhenAll(
                nodes[0].Send($"left{i}", new CountUnless($"right{i}")),
                nodes[^1].Send($"right{i}", new CountUnless($"left{i}"))
            );
            answers.Count(a => a.Refusal is null).ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Two_patients_are_never_put_into_one_bed_at_once(int count)
    {
        var nodes = Enumerable.Range(0, count).Select(_ => store.Node()).ToArray();
        await Send(nodes[0], new OpenUnit("2 West", "America/Chicago") { Key = "2-west" });
        await Send(nodes[0], new SetBeds([.. Enumerable.Range(1, 10).Select(b => $"{b}")]) { Key = "2-west" });
        for (var bed = 1; bed <= 10; bed++)
        {
            await OneOfFour(
                nodes,
                i => new Admit($"m{bed}-{i}", "Chen", "Luis", "2-west", $"{bed}") { Key = Guid.NewGuid().ToString() },
                "bed-taken"
            );
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task One_patient_is_never_admitted_twice_at_once(int count)
    {
        var nodes = Enumerable.Range(0, count).Select(_ => store.Node()).ToArray();
        await Send(nodes[0], new OpenUnit("2 West", "America/Chicago") { Key = "2-west" });
        await Send(nodes[0], new OpenUnit("3 East", "America/Chicago") { Key = "3-east" });
        for (var patient = 1; patient <= 10; patient++)
        {
            await OneOfFour(
                nodes,
                i => new Admit($"m{patient}", "Chen", "Luis", i < 2 ? "2-west" : "3-east", null) { Key = Guid.NewGuid().ToString() },
                "patient-here"
            );
        }
    }

    private static async Task OneOfFour(Node[] nodes, Func<int, ICommand> command, string toOthers)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Send(nodes[i % nodes.Length], command(i))));
        answers.Count(a => a.Refusal is null).ShouldBe(1);
        answers.Where(a => a.Refusal is not null).ShouldAllBe(a => a.Refusal!.Code == toOthers);
    }

    private static Task<CommandResult> Send(Node node, ICommand command) =>
        node.Log.Send(StoreFixture.Facility, new(command, StoreFixture.Nurse, Guid.CreateVersion7()));

    private static async Task<List<long>> Follow(Node node, int until)
    {
        var seen = new List<long>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (seen.Count < until)
        {
            await foreach (var logged in node.Reader.After(StoreFixture.Facility, seen.LastOrDefault(), 50, patience.Token))
            {
                seen.Add(logged.Position);
            }
        }

        return seen;
    }
}
