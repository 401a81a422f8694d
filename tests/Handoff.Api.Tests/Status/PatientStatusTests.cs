using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Api.Tests.Status;

/// <summary>A patient's status over HTTP, on the board and as it is pushed.</summary>
public sealed class PatientStatusTests(App app) : IClassFixture<App>
{
    private static readonly string Maya = NamedId.From("demo", "2-west", "201A").ToString();

    [Fact]
    public async Task Who_only_reads_or_only_observes_may_not_write_more()
    {
        using var auditor = await app.As(Role.Auditor);
        using var technician = await app.As(Role.Technician);
        (await auditor.Post($"/api/patient-status/{Maya}/observe-behavior", Mood(2))).ShouldBeProblem(403, "not-permitted");
        foreach (var command in (string[])["start-precaution", "review-precaution", "end-precaution", "set-baseline"])
        {
            (await technician.Post($"/api/patient-status/{Maya}/{command}", new { })).ShouldBeProblem(403, "not-permitted");
        }

        using var elsewhere = app.Bearer((await app.Hire(Role.Nurse, "3-east")).Token);
        (await elsewhere.Post($"/api/patient-status/{Maya}/observe-behavior", Mood(2))).ShouldBeProblem(403, "unit-not-yours");
    }

    [Fact]
    public async Task What_is_not_as_usual_is_on_the_card_and_what_is_as_usual_is_not()
    {
        var stay = Bed("208A");
        using var nurse = await app.As(Role.Nurse);
        (await nurse.Post($"/api/patient-status/{stay}/set-baseline", new { domain = "Mood", intensity = 1 })).ShouldBeOk();
        (await nurse.Post($"/api/patient-status/{stay}/observe-behavior", Mood(1))).ShouldBeOk();
        (await Status(stay)).GetRawText().ShouldBe("""{"precautions":[],"changes":[],"sleptHours":null,"meal":null,"declinedInARow":0}""");

        (await nurse.Post($"/api/patient-status/{stay}/observe-behavior", Mood(3))).ShouldBeOk();
        (
            await nurse.Post($"/api/patient-status/{stay}/start-precaution", new { kind = "SelfHarm", reason = "Scratched an arm" })
        ).ShouldBeOk();
        (await nurse.Post($"/api/patient-status/{stay}/record-meal", new { meal = "Breakfast", isDeclined = true })).ShouldBeOk();
        (await nurse.Post($"/api/patient-status/{stay}/record-meal", new { meal = "Lunch", percent = 10 })).ShouldBeOk();
        var status = await Status(stay);
        Names(status.GetProperty("precautions")[0]).ShouldBe(["id", "kind", "words", "reviewBy", "isReviewOverdue"]);
        status.GetProperty("precautions")[0].GetProperty("words").GetString().ShouldBe("Self-harm");
        var change = status.GetProperty("changes")[0];
        Names(change).ShouldBe(["domain", "change", "words", "intensity", "baseline", "descriptor", "at"]);
        (change.GetProperty("words").GetString(), change.GetProperty("change").GetString()).ShouldBe(("mood ↓ worse", "Worse"));
        Names(status.GetProperty("meal")).ShouldBe(["meal", "percent", "isDeclined", "at"]);
        status.GetProperty("meal").GetProperty("percent").GetInt32().ShouldBe(10);
    }

    [Fact]
    public async Task A_hallway_learns_nothing_of_it()
    {
        using var display = await app.As(Role.Display);
        await app.Record(new StartPrecaution(PrecautionKind.Arson, "Set fire to a bin") { Key = Bed("209A") });
        var board = await display.Get("/api/units/2-west/board");
        board.Text.ShouldNotContain("Arson");
        board.Json.Cards().ShouldAllBe(card => !card.EnumerateObject().Any(member => member.Name == "status"));
    }

    [Fact]
    public async Task An_entry_is_pushed_as_a_newer_card()
    {
        var stay = Bed("209B");
        await using var hub = await app.Hub();
        var before = (await hub.Watch("2-west")).CardOf(Guid.Parse(stay))!.Value.GetProperty("version").GetInt64();
        await app.Record(new StartPrecaution(PrecautionKind.Elopement, "Tried the door twice") { Key = stay });
        var card = await hub.Card(c => c.GetProperty("stay").GetString() == stay);
        card.GetProperty("version").GetInt64().ShouldBeGreaterThan(before);
        card.GetProperty("status").GetProperty("precautions")[0].GetProperty("kind").GetString().ShouldBe("Elopement");
    }

    [Fact]
    public async Task A_refusal_names_the_rule_and_the_field()
    {
        using var machine = app.Machine();
        (await machine.Post($"/api/patient-status/{Guid.NewGuid()}/observe-behavior", Mood(1))).ShouldBeProblem(
            404,
            "stay-unknown",
            "stay"
        );
        (await machine.Post($"/api/patient-status/{Maya}/observe-behavior", Mood(4))).ShouldBeProblem(
            400,
            "intensity-out-of-range",
            "intensity"
        );
        (await machine.Post($"/api/patient-status/{Maya}/record-meal", new { meal = "Lunch", percent = 200 })).ShouldBeProblem(
            400,
            "percent-out-of-range",
            "percent"
        );
        (
            await machine.Post($"/api/patient-status/{Maya}/take-back-entry", new { entry = Guid.NewGuid(), reason = "Mistake" })
        ).ShouldBeProblem(422, "entry-not-recent", "entry");
        (await machine.PostText($"/api/patient-status/{Maya}/observe-behavior", "{\"domain\":\"Vibe\"}")).ShouldBeProblem(
            400,
            "json-invalid",
            "domain"
        );
    }

    [Fact]
    public async Task The_status_goes_with_the_patient_and_the_past_stays_as_it_was()
    {
        await using var own = await App.Start();
        using var machine = own.Machine();
        var stay = Bed("210A");
        await own.Record(new StartPrecaution(PrecautionKind.Fall, "Unsteady") { Key = stay });
        own.Clock.Advance(TimeSpan.FromMinutes(10));
        var between = own.Clock.GetUtcNow().AddMinutes(-5);
        await own.Record(new Transfer("3-east", null) { Key = stay });
        await own.Settle();

        var east = (await machine.Get("/api/units/3-east/board")).ShouldBeOk().Json;
        east.CardOf(Guid.Parse(stay))!.Value.GetProperty("status").GetProperty("precautions").GetArrayLength().ShouldBe(1);
        var past = (await machine.Get($"/api/units/2-west/board?at={between.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z")).ShouldBeOk().Json;
        past.CardOf(Guid.Parse(stay))!.Value.GetProperty("status").GetProperty("precautions").GetArrayLength().ShouldBe(1);

        using var west = own.Bearer((await own.Hire(Role.Nurse, "2-west")).Token);
        (await west.Post($"/api/patient-status/{stay}/observe-behavior", Mood(1))).ShouldBeProblem(403, "unit-not-yours");
        await own.Record(new Discharge { Key = stay });
        await own.Settle();
        (await machine.Post($"/api/patient-status/{stay}/observe-behavior", Mood(1))).ShouldBeProblem(422, "stay-over");
    }

    [Fact]
    public async Task A_review_that_is_late_is_said_and_a_restart_forgets_nothing()
    {
        await using var own = await App.Start();
        using var machine = own.Machine();
        var stay = Bed("210B");
        await own.Record(new StartPrecaution(PrecautionKind.Seizure, "First day without benzodiazepines") { Key = stay });
        own.Clock.Advance(TimeSpan.FromHours(25));
        await own.Settle();
        var precaution = (await StatusOf(machine, stay)).GetProperty("precautions")[0];
        precaution.GetProperty("isReviewOverdue").GetBoolean().ShouldBeTrue();
        (
            await machine.Post($"/api/patient-status/{stay}/review-precaution", new { precaution = precaution.GetProperty("id").GetGuid() })
        ).ShouldBeOk();
        (await StatusOf(machine, stay)).GetProperty("precautions")[0].GetProperty("isReviewOverdue").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_bad_night_is_on_the_card_by_itself()
    {
        await using var own = await App.Start();
        using var machine = own.Machine();
        var stay = Bed("211A");
        var zone = UnitTime.In((await machine.Get("/api/units/2-west/board")).Json.GetProperty("details").GetProperty("zone").GetString());
        var morning = zone.Instant(zone.Local(own.Clock.GetUtcNow()).Date.AddDays(2).AddHours(8));
        own.Clock.Advance(morning - own.Clock.GetUtcNow());
        for (var at = morning.AddHours(-12); at < morning; at = at.AddMinutes(5))
        {
            var isAsleep = at >= morning.AddHours(-8) && at <= morning.AddHours(-5);
            await own.Record(new RecordCheck("Room", isAsleep, isAsleep ? true : null, At: at) { Key = stay });
        }

        (await StatusOf(machine, stay)).GetProperty("sleptHours").GetDouble().ShouldBe(3.0);
        (await StatusOf(machine, Bed("211B"))).GetProperty("sleptHours").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static object Mood(int intensity) =>
        new
        {
            domain = "Mood",
            descriptor = "low",
            intensity,
        };

    private static string Bed(string bed) => NamedId.From("demo", "2-west", bed).ToString();

    private static IEnumerable<string> Names(JsonElement of) => of.EnumerateObject().Select(property => property.Name);

    private async Task<JsonElement> Status(string stay)
    {
        using var machine = app.Machine();
        return await StatusOf(machine, stay);
    }

    private static async Task<JsonElement> StatusOf(HttpClient machine, string stay) =>
        (await machine.Get("/api/units/2-west/board")).ShouldBeOk().Json.CardOf(Guid.Parse(stay))!.Value.GetProperty("status");
}
