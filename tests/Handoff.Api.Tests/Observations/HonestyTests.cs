using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Observations;

/// <summary>What the service says of checks holds over the wire too, and what the checks show is raised by itself.</summary>
public sealed class HonestyTests : IAsyncLifetime
{
    private readonly Guid stay = Guid.CreateVersion7();
    private App app = null!;
    private HttpClient tech = null!,
        nurse = null!;

    public async Task InitializeAsync()
    {
        app = await App.Start();
        (tech, nurse) = (await app.As(Role.Technician), await app.As(Role.Nurse));
        await app.Record(new Admit("H1", "Honest", "Ida", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Settle();
    }

    public async Task DisposeAsync()
    {
        tech.Dispose();
        nurse.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Breathing_not_seen_raises_an_emergency_by_itself_and_marks_the_card_until_somebody_has_seen_to_it()
    {
        using var auditor = await app.As(Role.Auditor);
        (await auditor.Post(At("see-to-breathing"), new { found = "x" })).ShouldBeProblem(403, "not-permitted");
        await Check(new { place = "Room", isAsleep = false });
        var limit = (await Card()).GetProperty("limit").GetDateTimeOffset();
        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await Check(
            new
            {
                place = "Room",
                isAsleep = true,
                breathingSeen = false,
            }
        );
        await app.Settle();

        var card = await Card();
        card.GetProperty("limit").GetDateTimeOffset().ShouldBe(limit);
        (card.GetProperty("risk").GetInt32(), card.GetProperty("watch").GetProperty("breathing").GetProperty("place").GetString()).ShouldBe(
            (4, "Room")
        );
        var concern = (await Concerns()).ShouldHaveSingleItem();
        concern.GetProperty("urgency").GetString().ShouldBe("Emergency");
        concern.GetProperty("sbar").GetProperty("situation").GetString()!.ShouldStartWith("Breathing not seen at");

        (await tech.Post(At("see-to-breathing"), new { })).ShouldBeProblem(400, "found-missing", "found");
        (await tech.Post(At("see-to-breathing"), new { found = "Breathing, awake" })).ShouldBeOk();
        (await Card()).GetProperty("watch").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_check_of_long_ago_is_struck_on_a_page_and_the_gap_that_it_had_hidden_stands_on_the_timeline()
    {
        var checks = new List<Guid>();
        for (var i = 0; i < 8; i++)
        {
            using var now = await Later();
            checks.Add(await Check(new { place = "Room", isAsleep = false }, now));
            app.Clock.Advance(TimeSpan.FromMinutes(9));
        }

        using var later = await Later();
        (await later.Get($"/stays/{stay}/strike-check?check={checks[1]}")).Text.ShouldContain("Seen at");
        (await later.Post(At("take-back-check"), new { check = checks[1], reason = "It was the other Ida" })).ShouldBeOk();
        (await later.Post(At("take-back-check"), new { check = Guid.NewGuid(), reason = "x" })).ShouldBeProblem(
            422,
            "check-unknown",
            "check"
        );
        var timeline = await Timeline(stay.ToString(), later);
        timeline
            .Single(e => e.GetProperty("type").GetString() == "check_missed")
            .GetProperty("sentence")
            .GetString()!
            .ShouldContain("Found later");
        timeline.Single(e => e.GetProperty("id").GetGuid() == checks[1]).GetProperty("isStruck").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_late_entry_and_the_miss_that_it_contradicts_stand_together_and_neither_is_struck()
    {
        await Check(new { place = "Room", isAsleep = false });
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        await app.Settle();
        using var later = await Later();
        var late = await Check(
            new
            {
                place = "Hallway",
                isAsleep = false,
                at = app.Clock.GetUtcNow().AddMinutes(-4),
            },
            later
        );
        var timeline = await Timeline(stay.ToString(), later);
        var missed = timeline.Single(e => e.GetProperty("type").GetString() == "check_missed");
        missed.GetProperty("beside").EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(late);
        missed.GetProperty("isStruck").GetBoolean().ShouldBeFalse();
        (await later.Get($"/stays/{stay}/timeline")).Text.ShouldContain($"beside-{late}");
    }

    [Fact]
    public async Task A_pause_is_for_who_is_elsewhere_and_a_machine_cannot_begin_one()
    {
        await Check(new { place = "Room", isAsleep = false });
        using var machine = app.Machine();
        var until = app.Clock.GetUtcNow().AddHours(1);
        (await machine.Post(At("pause-observation"), new { reason = "procedure", expectedReturn = until })).ShouldBeProblem(
            403,
            "not-permitted"
        );
        (await nurse.Post(At("pause-observation"), new { reason = "asleep", expectedReturn = until })).ShouldBeProblem(
            400,
            "pause-reason-unknown",
            "reason"
        );
        (await nurse.Post(At("pause-observation"), new { reason = "procedure", expectedReturn = until.AddHours(4) })).ShouldBeProblem(
            400,
            "pause-too-long",
            "expectedReturn"
        );
        (await nurse.Post(At("pause-observation"), new { reason = "procedure", expectedReturn = until })).ShouldBeOk();
    }

    private string At(string act) => $"/api/rounding/{stay}/{act}";

    // Whoever had signed in before has been idle for too long.
    private async Task<HttpClient> Later() => app.Bearer((await app.Hire(Role.Nurse)).Token);

    private static async Task<List<JsonElement>> Timeline(string stay, HttpClient by) =>
        [.. (await by.Get($"/api/stays/{stay}/timeline")).ShouldBeOk().Json.GetProperty("entries").EnumerateArray()];

    private async Task<Guid> Check(object check, HttpClient? by = null) =>
        (await (by ?? tech).Post(At("record-check"), check)).ShouldBeOk().Json.GetProperty("events")[0].GetGuid();

    private async Task<JsonElement> Card() => (await nurse.Get("/api/units/2-west/board")).ShouldBeOk().Json.CardOf(stay)!.Value;

    private async Task<List<JsonElement>> Concerns() =>
        [
            .. (await nurse.Get("/api/units/2-west/escalations"))
                .ShouldBeOk()
                .Json.EnumerateArray()
                .Where(one => one.GetProperty("stay").GetGuid() == stay),
        ];
}
