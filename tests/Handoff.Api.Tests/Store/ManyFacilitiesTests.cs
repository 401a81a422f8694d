using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Store;

/// <summary>Facilities that write at once, each in an order of its own.</summary>
public sealed class ManyFacilitiesTests : IAsyncLifetime
{
    private const int Facilities = 12;

    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task In_a_crowd_of_facilities_each_has_its_own_log(int nodes)
    {
        var running = Enumerable.Range(0, nodes).Select(_ => store.Node()).ToList();
        var answers = (await Task.WhenAll(Enumerable.Range(0, 48).Select(w => Task.Run(() => Write(running[w % nodes], w, 25)))))
            .SelectMany(a => a)
            .ToList();
        answers.ShouldAllBe(a => a.Answer.Refusal == null);
        foreach (var facility in Enumerable.Range(0, Facilities).Select(Name))
        {
            var events = await running[0].Events(facility);
            events
                .Select(e => (e.Recorded.Id, e.Position, e.Version))
                .ShouldBe(
                    answers
                        .Where(a => a.Facility == facility)
                        .OrderBy(a => a.Answer.Position)
                        .Select(a => (a.Answer.Events![0], a.Answer.Position, a.Answer.Version))
                );
            events.Count.ShouldBe(100);
        }

        await IsSound(running[0]);
    }

    [Fact]
    public async Task A_facility_whose_order_is_held_keeps_nobody_else_waiting()
    {
        var node = store.Node();
        await Task.WhenAll(Enumerable.Range(0, Facilities).Select(f => node.Send("s", new Count(1), facility: Name(f))));
        await using var connection = await store.Owner.OpenConnectionAsync();
        await using var holding = await connection.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("select from handoff.heads where tenant_id = $1 for update", connection, holding))
        {
            hold.Parameters.Add(new() { Value = Name(3) });
            await hold.ExecuteNonQueryAsync();
        }

        var held = Enumerable.Range(0, 4).Select(i => node.Send($"s{i}", new Count(1), facility: Name(3))).ToList();
        for (var round = 0; round < 5; round++)
        {
            (
                await Task.WhenAll(
                    Enumerable.Range(0, Facilities).Where(f => f != 3).Select(f => node.Send("s", new Count(1), facility: Name(f)))
                )
            ).ShouldAllBe(a => a.Refusal == null);
        }

        held.ShouldAllBe(h => !h.IsCompleted);
        await holding.RollbackAsync();
        (await Task.WhenAll(held)).ShouldAllBe(a => a.Refusal == null && a.Version == 1);
        await IsSound(node);
    }

    [Fact]
    public async Task One_that_can_not_be_written_costs_the_others_nothing()
    {
        var (node, other) = (store.Node(), store.Node());
        await Task.WhenAll(Enumerable.Range(0, Facilities).Select(f => node.Send("s", new Count(1), facility: Name(f))));
        for (var round = 0; round < 10; round++)
        {
            // The first node does not know of it, so its batch for this facility goes on where the log no longer ends.
            await other.Send("s", new Count(1), facility: Name(round % Facilities));
            var good = Enumerable
                .Range(0, Facilities * 3)
                .Select(f => node.Send("s", new Count(1), facility: Name(f % Facilities)))
                .ToList();
            var unfit = node.Send("t", new Count(1, "a note with \0 in it"), facility: Name((round + 1) % Facilities));
            (await Task.WhenAll(good)).ShouldAllBe(a => a.Refusal == null);
            (await unfit).Refusal!.Code.ShouldBe("text-unfit");
        }

        var totals = await Task.WhenAll(Enumerable.Range(0, Facilities).Select(f => node.State("s", Name(f))));
        totals.Select(t => t.Total).ShouldBe(Enumerable.Range(0, Facilities).Select(f => 31 + (f < 10 ? 1 : 0)));
        await IsSound(node);
    }

    private static async Task<List<(string Facility, CommandResult Answer)>> Write(Node node, int writer, int count)
    {
        var (facility, answers) = (Name(writer % Facilities), new List<(string, CommandResult)>());
        for (var i = 0; i < count; i++)
        {
            answers.Add((facility, await node.Send($"s{(writer + i) % 5}", new Count(1), facility: facility)));
        }

        return answers;
    }

    private static string Name(int facility) => $"house{facility}";

    private static async Task IsSound(Node node) =>
        (await new Verify(node.Source, StoreFixture.Names).Run(null, CancellationToken.None)).Lines().Skip(Facilities).ShouldBeEmpty();
}
