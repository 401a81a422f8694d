using System.Text.Json;
using Handoff.Api.Live;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Live;

/// <summary>Two nodes on one database behave as one.</summary>
public sealed class TwoNodesTests : IAsyncLifetime
{
    private App a = null!;
    private App b = null!;

    public async Task InitializeAsync()
    {
        a = await App.Start();
        b = await App.Start(new() { Database = a.Database, Clock = a.Clock });
    }

    public async Task DisposeAsync()
    {
        await a.DisposeAsync();
        await b.DisposeAsync();
    }

    [Fact]
    public async Task A_check_through_one_node_reaches_who_watches_on_the_other()
    {
        await using var hub = await b.Hub();
        var stay = (await hub.Watch("2-west")).Cards().Last(card => card.GetProperty("away").ValueKind == JsonValueKind.Null).Stay();
        using var machine = a.Machine();
        (await machine.Post($"/api/rounding/{stay}/record-check", new { place = "Dining room", isAsleep = false })).ShouldBeOk();
        (await hub.Card(card => card.Stay() == stay)).GetProperty("lastSeen").GetProperty("place").GetString().ShouldBe("Dining room");
    }

    [Fact]
    public async Task A_write_through_both_nodes_is_decided_on_what_the_other_wrote()
    {
        using var one = a.Machine();
        using var other = b.Machine();
        var stay = (await one.Get("/api/units/2-west/board"))
            .Json.Cards()
            .First(card => card.GetProperty("away").ValueKind == JsonValueKind.Null)
            .Stay();
        var before = (await one.Post($"/api/rounding/{stay}/record-check", new { place = "Room", isAsleep = false }))
            .Json.GetProperty("version")
            .GetInt64();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    (i % 2 == 0 ? one : other).Post($"/api/rounding/{stay}/record-check", new { place = $"Place {i}", isAsleep = false })
                )
        );
        answers
            .Select(answer => answer.ShouldBeOk().Json.GetProperty("version").GetInt64())
            .Order()
            .ShouldBe(Enumerable.Range(1, 20).Select(i => before + i));
    }

    [Fact]
    public async Task The_same_request_through_both_nodes_is_recorded_once()
    {
        using var one = a.Machine();
        using var other = b.Machine();
        var stay = (await one.Get("/api/units/2-west/board"))
            .Json.Cards()
            .First(card => card.GetProperty("away").ValueKind == JsonValueKind.Null)
            .Stay();
        var answers = await Task.WhenAll(
            new[] { one, other, one, other }.Select(node =>
                node.Post($"/api/rounding/{stay}/record-check", new { place = "Room", isAsleep = false }, ("Idempotency-Key", "twice"))
            )
        );
        answers.Select(answer => answer.ShouldBeOk().Text).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_one_node_configures_the_other_decides_by()
    {
        using var manager = await a.As(Role.Manager);
        using var there = b.Machine();
        (
            await there.Post(
                $"/api/stay/{Guid.CreateVersion7()}/admit",
                new
                {
                    mrn = "1",
                    family = "New",
                    given = "Bed",
                    unit = "3-east",
                    bed = "999",
                }
            )
        ).ShouldBeProblem(400, "bed-unknown", "bed");
        (await manager.Post("/api/unit/3-east/set-beds", new { beds = new[] { "301", "999" } })).ShouldBeOk();
        await Followed();
        (
            await there.Post(
                $"/api/stay/{Guid.CreateVersion7()}/admit",
                new
                {
                    mrn = "1",
                    family = "New",
                    given = "Bed",
                    unit = "3-east",
                    bed = "999",
                }
            )
        ).ShouldBeOk();
    }

    [Fact]
    public async Task A_permission_taken_on_one_node_is_gone_on_the_other()
    {
        using var manager = await a.As(Role.Manager);
        using var technician = await b.As(Role.Technician);
        await using var hub = await b.Hub(await b.Token(Role.Technician));
        var stay = (await hub.Watch("2-west")).Cards()[0].Stay();
        (await manager.Post("/api/facility/main/change-scope", new { may = "ReadBoard", roles = new[] { "Nurse" } })).ShouldBeOk();
        (await manager.Post("/api/facility/main/change-scope", new { may = "RecordCheck", roles = new[] { "Nurse" } })).ShouldBeOk();
        await Followed();
        (await technician.Post($"/api/rounding/{stay}/record-check", new { place = "Room", isAsleep = false })).ShouldBeProblem(
            403,
            "not-permitted"
        );
        await b.Services.GetRequiredService<Watchers>().LookAgain(CancellationToken.None);
        await hub.Ended();
    }

    [Fact]
    public async Task What_is_due_is_done_once()
    {
        var stay = (await a.Machine().Get("/api/units/2-west/board"))
            .Json.Cards()
            .First(card => card.GetProperty("level").GetString() == "Q15")
            .Stay();
        a.Clock.Advance(TimeSpan.FromMinutes(16));
        await Task.WhenAll(a.Settle(), b.Settle(), a.Settle(), b.Settle());
        (await Missed(stay)).ShouldBe([1]);
        a.Clock.Advance(TimeSpan.FromMinutes(15));
        await Task.WhenAll(a.Settle(), b.Settle());
        (await Missed(stay)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_token_of_one_node_opens_the_other()
    {
        using var there = b.Bearer(await a.Token(Role.Nurse));
        (await there.Get("/api/units")).ShouldBeOk();
    }

    private async Task<List<int>> Missed(Guid stay)
    {
        var missed = new List<int>();
        await foreach (
            var logged in a.Services.GetRequiredService<LogReader>().Stream(App.Facility, $"rounding-{stay}", CancellationToken.None)
        )
        {
            if (logged.Recorded.Event is CheckMissed e)
            {
                missed.Add(e.Missed);
            }
        }

        return missed;
    }

    /// <summary>Returns when the second node has heard of everything that was recorded.</summary>
    private async Task Followed()
    {
        var head = await a.Services.GetRequiredService<LogReader>().Head(App.Facility, CancellationToken.None);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (b.Services.GetRequiredService<NodeFollower>().Position(App.Facility) < head)
        {
            await Task.Delay(5, deadline.Token);
        }
    }
}
