using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Incidents;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Incidents;

/// <summary>Incidents over HTTP, on boards and as they are pushed.</summary>
public sealed class IncidentTests(App app) : IClassFixture<App>
{
    private const string West = "/api/units/2-west";

    [Theory]
    [InlineData(Role.Display)]
    [InlineData(Role.Manager)]
    [InlineData(Role.Auditor)]
    public async Task Who_has_no_patients_opens_no_incident(Role role)
    {
        using var client = await As(role);
        (await client.Post($"/api/incident/{Guid.NewGuid()}/open-incident", new { kind = "Fall", unit = "2-west" })).ShouldBeProblem(
            403,
            "not-permitted"
        );
    }

    [Fact]
    public async Task A_technician_opens_and_records_and_a_nurse_resolves_and_reviews()
    {
        using var technician = await app.As(Role.Technician);
        using var nurse = await app.As(Role.Nurse);
        var (id, stay) = (Guid.NewGuid(), await Somebody());
        (
            await technician.Post(
                $"/api/incident/{id}/open-incident",
                new
                {
                    kind = "SelfHarm",
                    unit = "2-west",
                    stays = new[] { stay },
                }
            )
        ).ShouldBeOk();
        (await technician.Post($"/api/incident/{id}/record-attempt", new { technique = "Music" })).ShouldBeOk();
        (await technician.Post($"/api/incident/{id}/resolve-incident", new { })).ShouldBeProblem(403, "not-permitted");
        (await nurse.Post($"/api/incident/{id}/resolve-incident", new { })).ShouldBeOk();
        (await technician.Post($"/api/incident/{id}/review-level", new { outcome = "Kept" })).ShouldBeProblem(403, "not-permitted");
        (await nurse.Post($"/api/incident/{id}/review-level", new { outcome = "Kept" })).ShouldBeOk();
        (await technician.Post($"/api/incident/{id}/hold-debrief", new { of = "Patient" })).ShouldBeOk();
        (await technician.Post($"/api/incident/{id}/hold-debrief", new { of = "Staff" })).ShouldBeOk();
        var picture = (await nurse.Get($"{West}/incidents/{id}")).ShouldBeOk().Json;
        picture.GetProperty("openLoops").GetArrayLength().ShouldBe(0);
        picture
            .GetProperty("steps")
            .EnumerateArray()
            .Select(step => step.GetProperty("kind").GetString())
            .ShouldBe(["Opened", "Involved", "Deescalation", "Resolved", "LevelReview", "Debrief", "Debrief"]);
    }

    [Fact]
    public async Task Who_does_not_work_on_the_unit_neither_sees_nor_changes_its_incidents()
    {
        var (id, _) = await Opened();
        using var elsewhere = app.Bearer((await app.Hire(Role.ChargeNurse, "3-east")).Token);
        (await elsewhere.Get($"{West}/incidents/{id}")).Status.ShouldBe(403);
        (await elsewhere.Get($"/api/units/3-east/incidents/{id}")).ShouldBeProblem(404, "incident-unknown", "incident");
        (await elsewhere.Post($"/api/incident/{id}/note-incident", new { remark = "x" })).ShouldBeProblem(403, "unit-not-yours");
        (await elsewhere.Post($"/api/incident/{Guid.NewGuid()}/open-incident", new { kind = "Fall", unit = "2-west" })).ShouldBeProblem(
            403,
            "unit-not-yours"
        );
    }

    [Fact]
    public async Task The_board_shows_an_incident_with_names_while_it_lasts_and_in_a_hallway_without()
    {
        using var nurse = await app.As(Role.Nurse);
        using var wall = await As(Role.Display);
        var (id, stay) = await Opened();
        var shown = Incident((await nurse.Get($"{West}/board")).Json, id)!.Value;
        (shown.GetProperty("kind").GetString(), shown.GetProperty("words").GetString()).ShouldBe(("Aggression", "aggression"));
        shown.GetProperty("patients")[0].GetProperty("stay").GetGuid().ShouldBe(stay);
        (await nurse.Get($"{West}/board")).Json.CardOf(stay)!.Value.GetProperty("incident").GetProperty("id").GetGuid().ShouldBe(id);
        var hallway = (await wall.Get($"{West}/board")).Json;
        Incident(hallway, id)!.Value.GetProperty("patients").GetArrayLength().ShouldBe(0);
        hallway.GetProperty("incidents").GetRawText().ShouldNotContain(shown.GetProperty("patients")[0].GetProperty("name").GetString()!);
        var before = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        await app.Record(new ResolveIncident { Key = id.ToString() });
        Incident((await nurse.Get($"{West}/board")).Json, id).ShouldBeNull();
        Incident((await nurse.Get($"{West}/board?at={before.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}")).Json, id).ShouldNotBeNull();
    }

    [Fact]
    public async Task Everybody_who_watches_the_unit_hears_of_it_at_once_and_that_it_is_over()
    {
        await using var nurse = await app.Hub(await app.Token(Role.Nurse));
        await app
            .Services.GetRequiredService<ApiKeys>()
            .Add(App.Facility, "Wall", Role.Display, "hf_a-wall-for-incidents-0123456789", CancellationToken.None);
        await using var wall = await app.Hub(key: "hf_a-wall-for-incidents-0123456789");
        await nurse.Watch("2-west");
        await wall.Watch("2-west");
        var (id, stay) = await Opened();
        var told = await nurse.Told("IncidentsChanged", changed => Incident(changed, id) is not null);
        Incident(told, id)!.Value.GetProperty("patients")[0].GetProperty("stay").GetGuid().ShouldBe(stay);
        Incident(await wall.Told("IncidentsChanged", changed => Incident(changed, id) is not null), id)!
            .Value.GetProperty("patients")
            .GetArrayLength()
            .ShouldBe(0);
        await app.Record(new ResolveIncident { Key = id.ToString() });
        var over = await nurse.Told(
            "IncidentsChanged",
            changed => changed.GetProperty("incident").GetGuid() == id && Incident(changed, id) is null
        );
        over.GetProperty("version").GetInt64().ShouldBeGreaterThan(told.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Another_units_watchers_hear_nothing_of_it()
    {
        await using var east = await app.Hub((await app.Hire(Role.Nurse, "3-east")).Token);
        await east.Watch("3-east");
        await Opened();
        var mine = Guid.NewGuid();
        await app.Record(new OpenIncident(IncidentKind.Fall, "3-east") { Key = mine.ToString() });
        (await east.Told("IncidentsChanged", _ => true)).GetProperty("incident").GetGuid().ShouldBe(mine);
    }

    [Fact]
    public async Task Of_two_patients_in_one_incident_neither_page_names_the_other()
    {
        using var machine = app.Machine();
        var cards = (await machine.Get($"{West}/board"))
            .Json.Cards()
            .Where(card => card.GetProperty("away").ValueKind == JsonValueKind.Null)
            .Take(2)
            .ToList();
        var (one, other) = (cards[0].Stay(), cards[1].Stay());
        var id = Guid.NewGuid();
        await app.Record(
            new OpenIncident(IncidentKind.Aggression, "2-west", [one, other], Remark: "Unmistakable began it") { Key = id.ToString() }
        );
        await app.Record(new CallCode(Code.Behavioral, "Unmistakable hit somebody") { Key = id.ToString() });
        await app.Record(new RecordAttempt(Technique.Walk, other, Remark: "Only theirs") { Key = id.ToString() });
        await app.Record(new ResolveIncident { Key = id.ToString() });
        using var nurse = await app.As(Role.Nurse);
        var page = (await nurse.Get($"/stays/{one}")).Text;
        page.ShouldContain("code called, behavioral emergency");
        page.ShouldContain("Review level");
        foreach (var secret in (string[])[Encoded(cards[1]), "Unmistakable", "Only theirs", other.ToString()])
        {
            page.ShouldNotContain(secret);
        }

        (await nurse.Get($"/stays/{other}")).Text.ShouldContain("Only theirs");
        (await nurse.Get($"/units/2-west/incidents/{id}")).Text.ShouldContain(Encoded(cards[1]));
    }

    [Fact]
    public async Task What_helped_is_on_the_patients_card_and_page_but_not_in_the_hallway()
    {
        using var nurse = await app.As(Role.Nurse);
        var (id, stay) = await Opened();
        await app.Record(new RecordAttempt(Technique.SensoryItem, Effect: Effect.Calmed, Minutes: 5) { Key = id.ToString() });
        await app.Settle();
        Helped((await nurse.Get($"{West}/board")).Json, stay).ShouldContain("a sensory item");
        (await nurse.Get($"/stays/{stay}")).Text.ShouldContain("a sensory item");
        using var wall = await As(Role.Display);
        (await wall.Get($"{West}/board")).ShouldBeOk().Text.ShouldNotContain("sensory");
    }

    [Fact]
    public async Task A_missing_debrief_is_said_once_by_the_clock()
    {
        await using var mine = await App.Start();
        var id = Guid.NewGuid();
        await mine.Record(new OpenIncident(IncidentKind.Fall, "2-west") { Key = id.ToString() });
        await mine.Record(new ResolveIncident { Key = id.ToString() });
        mine.Clock.Advance(TimeSpan.FromHours(25));
        await mine.Settle();
        await mine.Settle();
        var events = new List<Event>();
        await foreach (
            var logged in mine.Services.GetRequiredService<LogReader>().Stream(App.Facility, $"incident-{id}", CancellationToken.None)
        )
        {
            events.Add(logged.Recorded.Event);
        }

        events.OfType<DebriefOverdue>().ShouldHaveSingleItem().Of.ShouldBe(DebriefOf.Staff);
        var onUnit = await mine
            .Services.GetRequiredService<StateReader>()
            .OnUnit(App.Facility, "2-west", [StateKind<Incident>.Name], CancellationToken.None);
        onUnit.States.SelectMany(saved => saved.State.OpenLoops()).ShouldContain(loop => loop.Kind == "debrief-staff");
    }

    [Fact]
    public async Task The_loops_of_a_stay_are_found_wherever_the_incident_was()
    {
        var (id, stay) = await Opened();
        await app.Record(new ResolveIncident { Key = id.ToString() });
        var found = (await app.Services.GetRequiredService<IncidentReader>().OfStay(App.Facility, stay, CancellationToken.None)).Single(
            one => one.Incident.Id == id
        );
        found.Loops.Select(loop => loop.Kind).ShouldBe(["level-review", "debrief-patient"]);
    }

    [Fact]
    public async Task Who_looked_at_an_incident_looked_at_its_patients()
    {
        using var nurse = await app.As(Role.Nurse);
        var (id, stay) = await Opened();
        (await nurse.Get($"{West}/incidents/{id}")).ShouldBeOk();
        using var auditor = await app.As(Role.Auditor);
        (await auditor.Get($"/api/stays/{stay}/access"))
            .Json.GetProperty("looks")
            .EnumerateArray()
            .Select(look => look.GetProperty("what").GetString())
            .ShouldContain("incident");
    }

    [Fact]
    public async Task An_id_that_is_no_uuid_or_not_there_is_refused()
    {
        using var machine = app.Machine();
        (await machine.Post("/api/incident/x/open-incident", new { kind = "Fall", unit = "2-west" })).ShouldBeProblem(
            400,
            "incident-id-invalid",
            "incident"
        );
        (await machine.Post($"/api/incident/{Guid.NewGuid()}/call-code", new { code = "Fire" })).ShouldBeProblem(
            404,
            "incident-unknown",
            "incident"
        );
        (await machine.Post("/api/incident/x/take-back-step", new { step = Guid.NewGuid(), reason = "x" })).ShouldBeProblem(
            404,
            "incident-unknown",
            "incident"
        );
        (await machine.Get("/api/units/9-north/incidents")).ShouldBeProblem(404, "unit-unknown", "unit");
    }

    private async Task<(Guid Incident, Guid Stay)> Opened()
    {
        var (id, stay) = (Guid.NewGuid(), await Somebody());
        await app.Record(new OpenIncident(IncidentKind.Aggression, "2-west", [stay]) { Key = id.ToString() });
        return (id, stay);
    }

    private async Task<Guid> Somebody()
    {
        using var machine = app.Machine();
        return (await machine.Get($"{West}/board"))
            .Json.Cards()
            .First(card =>
                card.GetProperty("away").ValueKind == JsonValueKind.Null && card.GetProperty("lastSeen").ValueKind == JsonValueKind.Object
            )
            .Stay();
    }

    private async Task<HttpClient> As(Role role)
    {
        if (role != Role.Display)
        {
            return await app.As(role);
        }

        var key = $"hf_a-display-{Guid.NewGuid():N}";
        await app.Services.GetRequiredService<ApiKeys>().Add(App.Facility, $"Wall {key[^6..]}", role, key, CancellationToken.None);
        return app.Machine(key);
    }

    private static JsonElement? Incident(JsonElement board, Guid id) =>
        board
            .GetProperty("incidents")
            .EnumerateArray()
            .Where(one => one.GetProperty("id").GetGuid() == id)
            .Cast<JsonElement?>()
            .FirstOrDefault();

    private static List<string?> Helped(JsonElement board, Guid stay) =>
        [.. board.CardOf(stay)!.Value.GetProperty("helped").EnumerateArray().Select(words => words.GetString())];

    private static string Encoded(JsonElement card) =>
        System.Text.Encodings.Web.HtmlEncoder.Default.Encode(card.GetProperty("name").GetString()!);
}
