using System.Text.Json;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Observations;

/// <summary>The service was away for a while.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Limits_that_passed_meanwhile_are_one_missed_check_with_their_number()
    {
        await using var before = await App.Start();
        var stay = (await before.Machine().Get("/api/units/2-west/board"))
            .Json.Cards()
            .First(card => card.GetProperty("level").GetString() == "Q15")
            .Stay();
        await before.Record(new RecordCheck("Room", IsAsleep: false) { Key = stay.ToString() });
        var seen = before.Clock.GetUtcNow();
        await before.DisposeAsync();

        before.Clock.Advance(TimeSpan.FromMinutes(50));
        await using var after = await App.Start(new() { Database = before.Database, Clock = before.Clock });
        await after.Settle();
        await after.Settle();
        var missed = (await Events(after, $"rounding-{stay}"))
            .Select(recorded => recorded.Event)
            .OfType<CheckMissed>()
            .ShouldHaveSingleItem();
        missed.Missed.ShouldBe(3);
        missed.OccurredAt.ShouldBe(seen.AddMinutes(45), TimeSpan.FromSeconds(30));
        var card = (await after.Machine().Get("/api/units/2-west/board")).Json.CardOf(stay)!.Value;
        (card.GetProperty("missed").GetInt32(), card.GetProperty("isOverdue").GetBoolean()).ShouldBe((3, true));
    }

    [Fact]
    public async Task A_return_that_was_due_meanwhile_is_overdue_once()
    {
        await using var before = await App.Start();
        var stay = (await before.Machine().Get("/api/units/3-east/board"))
            .Json.Cards()
            .Single(card => card.GetProperty("away").ValueKind == JsonValueKind.Object)
            .Stay();
        await before.DisposeAsync();
        before.Clock.Advance(TimeSpan.FromHours(4));
        await using var after = await App.Start(new() { Database = before.Database, Clock = before.Clock });
        await after.Settle();
        (await Events(after, $"stay-{stay}")).Select(recorded => recorded.Event).OfType<ReturnOverdue>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_reaction_that_was_owed_is_made_up_for()
    {
        await using var before = await App.Start();
        var stay = Guid.CreateVersion7().ToString();
        await before.Record(new Admit("5", "Just", "Arrived", "3-east", null) { Key = stay });
        await before.DisposeAsync();
        await using var after = await App.Start(new() { Database = before.Database, Clock = before.Clock });
        await after.Settle();
        (await Events(after, $"rounding-{stay}")).Select(recorded => recorded.Event).OfType<RoundingBegan>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_request_answered_before_gets_the_same_answer_after()
    {
        await using var before = await App.Start();
        var path = $"/api/rounding/{(await before.Machine().Get("/api/units/2-west/board")).Json.Cards()[0].Stay()}/record-check";
        var first = await before.Machine().Post(path, new { place = "Room", isAsleep = false }, ("Idempotency-Key", "once"));
        await before.DisposeAsync();
        await using var after = await App.Start(new() { Database = before.Database });
        (await after.Machine().Post(path, new { place = "Room", isAsleep = false }, ("Idempotency-Key", "once")))
            .ShouldBeOk()
            .Text.ShouldBe(first.ShouldBeOk().Text);
    }

    private static async Task<List<EventEnvelope>> Events(App app, string stream)
    {
        var events = new List<EventEnvelope>();
        await foreach (var logged in app.Services.GetRequiredService<LogReader>().Stream(App.Facility, stream, CancellationToken.None))
        {
            events.Add(logged.Recorded);
        }

        return events;
    }
}
