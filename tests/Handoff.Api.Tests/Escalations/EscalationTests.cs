using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Escalations;

public sealed class EscalationTests : IAsyncLifetime
{
    private readonly Guid stay = Guid.CreateVersion7();
    private readonly string key = Guid.CreateVersion7().ToString();
    private App app = null!;
    private HttpClient tech = null!,
        nurse = null!;

    public async Task InitializeAsync()
    {
        app = await App.Start();
        (tech, nurse) = (await app.As(Role.Technician), await app.As(Role.Nurse));
        await app.Record(new Admit("E1", "Concern", "Con", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Settle();
    }

    public async Task DisposeAsync()
    {
        tech.Dispose();
        nurse.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_technician_raises_but_does_not_acknowledge_and_an_auditor_does_neither()
    {
        using var auditor = await app.As(Role.Auditor);
        (await auditor.Post($"/api/escalation/{key}/escalate-concern", Concern())).ShouldBeProblem(403, "not-permitted");
        await Raise();
        (await tech.Post($"/api/escalation/{key}/acknowledge-escalation", new { plan = "x" })).ShouldBeProblem(403, "not-permitted");
        (await nurse.Post($"/api/escalation/{key}/close-escalation", new { outcome = "x" })).ShouldBeProblem(
            422,
            "escalation-not-acknowledged"
        );
    }

    [Fact]
    public async Task It_is_pushed_at_each_step_outranks_the_board_and_ends_when_somebody_answers()
    {
        await using var hub = await app.Hub();
        await hub.Watch("2-west");
        await Raise();
        (await Pushed(hub, "Nurse")).GetProperty("risk").GetInt32().ShouldBe(4);

        app.Clock.Advance(TimeSpan.FromMinutes(6));
        await app.Settle();
        await Pushed(hub, "ChargeNurse");

        app.Clock.Advance(TimeSpan.FromMinutes(10));
        await app.Settle();
        await Pushed(hub, "Prescriber");

        // By now whoever had signed in before has been idle for too long.
        using var later = app.Bearer((await app.Hire(Role.Nurse)).Token);
        (await later.Post($"/api/escalation/{key}/acknowledge-escalation", new { plan = "With him now" })).ShouldBeOk();
        await hub.Card(card => card.Stay() == stay && card.GetProperty("concern").ValueKind == JsonValueKind.Null);
        var open = (await later.Get("/api/units/2-west/escalations")).ShouldBeOk().Json.EnumerateArray().Single(IsThisOne);
        open.GetProperty("secondsToAcknowledge").GetDouble().ShouldBeInRange(960, 1020);
        open.GetProperty("told").GetArrayLength().ShouldBe(4);

        (await later.Post($"/api/escalation/{key}/close-escalation", new { outcome = "Slept" })).ShouldBeOk();
        (await later.Get("/api/units/2-west/escalations")).Json.EnumerateArray().ShouldNotContain(one => IsThisOne(one));
    }

    [Fact]
    public async Task A_hallway_sees_that_there_is_a_concern_and_no_task()
    {
        await Raise();
        using var display = await app.As(Role.Display);
        var card = (await display.Get("/api/units/2-west/board")).ShouldBeOk().Json.CardOf(stay)!.Value;
        card.GetProperty("hasConcern").GetBoolean().ShouldBeTrue();
        card.TryGetProperty("tasks", out _).ShouldBeFalse();
        card.GetRawText().ShouldNotContain("voices");
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        (await tech.Post($"/api/escalation/{key}/escalate-concern", new { stay })).ShouldBeProblem(400, "urgency-missing", "urgency");
        (await tech.Post($"/api/escalation/{key}/escalate-concern", new { stay, urgency = "Urgent" })).ShouldBeProblem(
            400,
            "situation-missing",
            "situation"
        );
        (await tech.Post($"/api/escalation/{key}/escalate-concern", new { })).ShouldBeProblem(400, "stay-missing", "stay");
        (await nurse.Post($"/api/escalation/{key}/acknowledge-escalation", new { plan = "x" })).ShouldBeProblem(
            404,
            "escalation-unknown",
            "escalation"
        );
        (await tech.Get("/api/units/9-north/escalations")).ShouldBeProblem(404, "unit-unknown", "unit");
    }

    // Others are raised meanwhile, about patients whom nobody has looked at.
    private bool IsThisOne(JsonElement concern) => concern.GetProperty("id").GetString() == key;

    private object Concern() =>
        new
        {
            stay,
            urgency = "Urgent",
            situation = "Hears voices and will not lie down",
            recommendation = "Please come",
        };

    private async Task Raise() => (await tech.Post($"/api/escalation/{key}/escalate-concern", Concern())).ShouldBeOk();

    private Task<JsonElement> Pushed(HubClient hub, string to) =>
        hub.Card(card =>
            card.Stay() == stay
            && card.GetProperty("concern") is { ValueKind: JsonValueKind.Object } concern
            && concern.GetProperty("to").GetString() == to
        );
}
