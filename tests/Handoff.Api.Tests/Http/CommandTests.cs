using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Http;

/// <summary>Commands over HTTP: who may not, what they answer, the same request twice, lost races.</summary>
public sealed class CommandTests(App app) : IClassFixture<App>
{
    private static readonly object Seen = new { place = "Room", isAsleep = false };

    [Fact]
    public async Task A_display_records_nothing()
    {
        using var display = await app.As(Role.Display);
        (await display.Post(await Check(), Seen)).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task A_write_answers_with_stream_version_position_and_events()
    {
        using var machine = app.Machine();
        var path = await Check();
        var (first, second) = ((await machine.Post(path, Seen)).ShouldBeOk().Json, (await machine.Post(path, Seen)).ShouldBeOk().Json);
        first.EnumerateObject().Select(property => property.Name).ShouldBe(["stream", "version", "position", "events"]);
        first.GetProperty("stream").GetString().ShouldBe("rounding-" + path.Split('/')[3]);
        second.GetProperty("version").GetInt64().ShouldBe(first.GetProperty("version").GetInt64() + 1);
        second.GetProperty("position").GetInt64().ShouldBeGreaterThan(first.GetProperty("position").GetInt64());
        second.GetProperty("events").EnumerateArray().ShouldHaveSingleItem().GetGuid().ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task The_same_request_again_gets_the_first_answer_also_when_the_stream_has_moved_on()
    {
        using var machine = app.Machine();
        var path = await Check();
        var first = await machine.Post(path, Seen, ("Idempotency-Key", "check 1 of tablet 7"));
        await machine.Post(path, new { place = "Hallway", isAsleep = false });
        var again = await machine.Post(path, Seen, ("Idempotency-Key", "check 1 of tablet 7"));
        again.ShouldBeOk().Text.ShouldBe(first.Text);
    }

    [Fact]
    public async Task The_same_request_sent_ten_times_at_once_is_recorded_once()
    {
        using var machine = app.Machine();
        var path = await Check();
        var before = (await machine.Post(path, Seen)).Json.GetProperty("version").GetInt64();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => machine.Post(path, Seen, ("Idempotency-Key", "hasty"))));
        answers.Select(answer => answer.ShouldBeOk().Text).Distinct().ShouldHaveSingleItem();
        answers[0].Json.GetProperty("version").GetInt64().ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_request_id_used_for_something_else_is_refused()
    {
        using var machine = app.Machine();
        var path = await Check();
        await machine.Post(path, Seen, ("Idempotency-Key", "one"));
        (await machine.Post(path, new { place = "Hallway", isAsleep = false }, ("Idempotency-Key", "one"))).ShouldBeProblem(
            409,
            "request-id-reused"
        );
        (await machine.Post(await Check(other: true), Seen, ("Idempotency-Key", "one"))).ShouldBeProblem(409, "request-id-reused");
    }

    [Fact]
    public async Task Two_people_may_use_the_same_request_id()
    {
        using var machine = app.Machine();
        using var technician = await app.As(Role.Technician);
        var path = await Check();
        var (one, other) = (
            await machine.Post(path, Seen, ("Idempotency-Key", "mine")),
            await technician.Post(path, Seen, ("Idempotency-Key", "mine"))
        );
        other.ShouldBeOk().Text.ShouldNotBe(one.ShouldBeOk().Text);
    }

    [Fact]
    public async Task A_request_id_that_is_too_long_is_refused_rather_than_forgotten()
    {
        using var machine = app.Machine();
        (await machine.Post(await Check(), Seen, ("Idempotency-Key", new string('k', 201)))).ShouldBeProblem(
            400,
            "request-id-invalid",
            "Idempotency-Key"
        );
    }

    [Fact]
    public async Task A_write_on_what_moved_meanwhile_is_refused()
    {
        using var machine = app.Machine();
        var path = await Check();
        var version = (await machine.Post(path, Seen)).Json.GetProperty("version").GetInt64();
        (await machine.Post(path, Seen, ("If-Match", $"\"{version - 1}\""))).ShouldBeProblem(409, "moved-meanwhile");
        (await machine.Post(path, Seen, ("If-Match", $"\"{version}\""))).ShouldBeOk();
        (await machine.Post(path, Seen, ("If-Match", $"{version + 1}"))).ShouldBeOk();
        (await machine.Post(path, Seen, ("If-Match", "*"))).ShouldBeOk();
    }

    [Fact]
    public async Task A_version_that_cannot_be_read_is_refused_rather_than_ignored()
    {
        using var machine = app.Machine();
        (await machine.Post(await Check(), Seen, ("If-Match", "\"yesterday\""))).ShouldBeProblem(400, "version-invalid", "If-Match");
    }

    [Fact]
    public async Task Of_many_writers_who_saw_the_same_version_one_wins()
    {
        using var machine = app.Machine();
        var path = await Check();
        var version = (await machine.Post(path, Seen)).Json.GetProperty("version").GetInt64();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => machine.Post(path, Seen, ("If-Match", $"{version}"))));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Code == "moved-meanwhile").ShouldBe(7);
    }

    [Fact]
    public async Task What_is_so_already_records_nothing()
    {
        using var machine = app.Machine();
        var answer = await machine.Post("/api/stay/" + await Stay("3-east") + "/end-leave", new { });
        answer.ShouldBeOk().Json.GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_technician_raises_a_level_and_only_a_prescriber_lowers_it()
    {
        using var technician = await app.As(Role.Technician);
        using var prescriber = await app.As(Role.Prescriber);
        var path = $"/api/rounding/{await Stay("3-east")}/order-level";
        (await technician.Post(path, new { level = "OneToOne", reason = "Said goodbye to everybody" })).ShouldBeOk();
        (await technician.Post(path, new { level = "Q15", reason = "Calm now" })).ShouldBeProblem(403, "level-lowering-needs-prescriber");
        (await prescriber.Post(path, new { level = "Q15", reason = "Calm now" })).ShouldBeOk();
    }

    [Fact]
    public async Task A_stay_on_another_unit_is_not_theirs_to_write_on()
    {
        using var nurse = app.Bearer((await app.Hire(Role.Nurse, "2-west")).Token);
        var stay = await Stay("3-east");
        (await nurse.Post($"/api/rounding/{stay}/record-check", Seen)).ShouldBeProblem(403, "unit-not-yours");
        (await nurse.Post($"/api/stay/{stay}/discharge", new { })).ShouldBeProblem(403, "unit-not-yours");
        (await nurse.Post($"/api/stay/{await Stay("2-west")}/transfer", new { unit = "3-east" })).ShouldBeProblem(403, "unit-not-yours");
        (
            await nurse.Post(
                $"/api/stay/{Guid.NewGuid()}/admit",
                new
                {
                    mrn = "1",
                    family = "A",
                    given = "B",
                    unit = "3-east",
                }
            )
        ).ShouldBeProblem(403, "unit-not-yours");
    }

    [Fact]
    public async Task Of_six_desks_that_admit_one_patient_at_once_one_does()
    {
        using var charge = await app.As(Role.ChargeNurse);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ =>
                    charge.Post(
                        $"/api/stay/{Guid.CreateVersion7()}/admit",
                        new
                        {
                            mrn = "77007",
                            family = "A",
                            given = "B",
                            unit = "3-east",
                        }
                    )
                )
        );
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers
            .Where(answer => answer.Status != 200)
            .ToList()
            .ForEach(answer => answer.ShouldBeProblem(422, "patient-here", "mrn").Text.ShouldContain("is here already: 3 East. "));
    }

    [Fact]
    public async Task Every_command_that_people_may_send_has_a_route()
    {
        var commands = EventTypeRegistry
            .Domain.Commands.Where(command => !Attribute.IsDefined(command, typeof(InternalAttribute)))
            .ToList();
        var document = (await app.Machine().Get("/openapi/v1.json")).ShouldBeOk().Json.GetProperty("paths");
        foreach (var command in commands)
        {
            document.TryGetProperty("/api/" + CommandRoutes.Route(command), out _).ShouldBeTrue(command.Name);
        }

        commands.Count.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task What_only_the_service_sends_has_none()
    {
        using var machine = app.Machine();
        (await machine.Post($"/api/rounding/{await Stay("3-east")}/find-check-missed", new { })).ShouldBeProblem(404, "not-found");
        app.Routes.ShouldNotContain(route => route.RoutePattern.RawText!.Contains("follow-stay"));
    }

    [Fact]
    public async Task A_command_is_documented_with_its_schema_and_headers()
    {
        var document = (await app.Machine().Get("/openapi/v1.json")).Json;
        var check = document.GetProperty("paths").GetProperty("/api/rounding/{id}/record-check").GetProperty("post");
        var headers = check
            .GetProperty("parameters")
            .EnumerateArray()
            .ToDictionary(parameter => parameter.GetProperty("name").GetString()!, parameter => parameter);
        headers["Idempotency-Key"].GetProperty("in").GetString().ShouldBe("header");
        headers["Idempotency-Key"].GetProperty("schema").GetProperty("maxLength").GetInt32().ShouldBe(200);
        headers["If-Match"].GetProperty("in").GetString().ShouldBe("header");
        headers["id"].GetProperty("in").GetString().ShouldBe("path");
        var body = Resolved(
            document,
            check.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema")
        );
        body.GetProperty("properties")
            .EnumerateObject()
            .Select(property => property.Name)
            .ShouldBe(
                ["place", "isAsleep", "breathingSeen", "activity", "evidence", "remark", "at", "seenWhileAway", "proof"],
                ignoreOrder: true
            );
        check
            .GetProperty("responses")
            .EnumerateObject()
            .Select(response => response.Name)
            .ShouldBe(["200", "400", "401", "403", "404", "409", "413", "415", "422", "503"], ignoreOrder: true);
        Resolved(
                document,
                check
                    .GetProperty("responses")
                    .GetProperty("200")
                    .GetProperty("content")
                    .GetProperty("application/json")
                    .GetProperty("schema")
            )
            .GetProperty("properties")
            .EnumerateObject()
            .Select(property => property.Name)
            .ShouldBe(["stream", "version", "position", "events"], ignoreOrder: true);
    }

    private static JsonElement Resolved(JsonElement document, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
            : schema;

    private async Task<string> Check(bool other = false) => $"/api/rounding/{await Stay("2-west", other ? 7 : 3)}/record-check";

    private async Task<Guid> Stay(string unit, int index = 4)
    {
        using var machine = app.Machine();
        return (await machine.Get($"/api/units/{unit}/board"))
            .Json.Cards()
            .Where(card => card.GetProperty("away").ValueKind == JsonValueKind.Null)
            .OrderBy(card => card.Stay())
            .ElementAt(index)
            .Stay();
    }
}
