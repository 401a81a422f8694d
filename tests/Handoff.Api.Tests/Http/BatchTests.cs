using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;

namespace Handoff.Api.Tests.Http;

/// <summary>Many commands in one request: each is done and answered for itself.</summary>
public sealed class BatchTests(App app) : IClassFixture<App>
{
    private const string Path = "/api/commands";

    private static readonly object Seen = new { place = "Room", isAsleep = false };

    [Fact]
    public async Task A_display_sends_nothing()
    {
        using var display = await app.As(Role.Display);
        (await display.Post(Path, new { commands = Array.Empty<object>() })).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task Permission_is_asked_of_each_command()
    {
        using var technician = await app.As(Role.Technician);
        var stay = await Stay();
        var answers = await Sent(
            technician,
            new { to = $"/api/stay/{stay}/discharge", request = "1" },
            new
            {
                to = $"/api/rounding/{stay}/record-check",
                request = "2",
                body = Seen,
            }
        );
        Told(answers[0]).ShouldBe((0, 403, "not-permitted", null));
        Told(answers[1]).ShouldBe((1, 200, null, null));
    }

    [Fact]
    public async Task What_is_refused_takes_nothing_back_and_what_comes_after_it_is_done()
    {
        using var machine = app.Machine();
        var check = $"/api/rounding/{await Stay()}/record-check";
        var answers = await Sent(
            machine,
            new
            {
                to = check,
                request = "a",
                body = Seen,
            },
            new
            {
                to = check,
                request = "b",
                body = new { isAsleep = false },
            },
            new
            {
                to = check,
                request = "c",
                body = new { place = "Room", isAsleep = "no" },
            },
            new
            {
                to = check,
                request = "d",
                body = new
                {
                    place = "Room",
                    isAsleep = false,
                    colour = 1,
                },
            },
            new
            {
                to = check,
                request = "e",
                body = Seen,
                ifMatch = "1",
            },
            new { to = "/api/rounding/x/fly", request = "f" },
            new { to = check, body = Seen },
            new
            {
                to = check,
                request = "h",
                body = Seen,
                colour = "red",
            },
            new
            {
                to = check,
                request = "i",
                body = new { place = "Hallway", isAsleep = false },
            }
        );
        answers
            .Select(Told)
            .ShouldBe([
                (0, 200, null, null),
                (1, 400, "place-missing", "body.place"),
                (2, 400, "json-invalid", "body.isAsleep"),
                (3, 400, "field-unknown", "body.colour"),
                (4, 409, "moved-meanwhile", null),
                (5, 404, "command-unknown", "to"),
                (6, 400, "request-missing", "request"),
                (7, 400, "field-unknown", "colour"),
                (8, 200, null, null),
            ]);
        var (first, last) = (answers[0].GetProperty("written"), answers[8].GetProperty("written"));
        last.GetProperty("version").GetInt64().ShouldBe(first.GetProperty("version").GetInt64() + 1);
    }

    [Fact]
    public async Task The_same_commands_again_get_their_first_answers_and_change_nothing()
    {
        using var machine = app.Machine();
        var check = $"/api/rounding/{await Stay()}/record-check";
        object[] commands =
        [
            .. Enumerable
                .Range(0, 3)
                .Select(i => new
                {
                    to = check,
                    request = "again " + i,
                    body = Seen,
                }),
        ];
        var (first, again) = (await Sent(machine, commands), await Sent(machine, commands));
        again.Select(one => one.GetRawText()).ShouldBe(first.Select(one => one.GetRawText()));
        var alone = await machine.Post(check, Seen, ("Idempotency-Key", "again 2"));
        alone.ShouldBeOk().Text.ShouldBe(first[2].GetProperty("written").GetRawText());
    }

    [Fact]
    public async Task Who_asks_for_it_has_nothing_tried_after_a_refusal()
    {
        using var machine = app.Machine();
        var check = $"/api/rounding/{await Stay()}/record-check";
        var said = await machine.Post(
            Path,
            new
            {
                stopsAtRefusal = true,
                commands = new object[]
                {
                    new
                    {
                        to = check,
                        request = "s1",
                        body = Seen,
                    },
                    new
                    {
                        to = check,
                        request = "s2",
                        body = new { },
                    },
                    new
                    {
                        to = check,
                        request = "s3",
                        body = Seen,
                    },
                },
            }
        );
        said.ShouldBeOk()
            .Json.GetProperty("answers")
            .EnumerateArray()
            .Select(one => one.GetProperty("status").GetInt32())
            .ShouldBe([200, 400, 424]);
    }

    [Fact]
    public async Task More_than_fit_are_refused_by_name_and_none_is_done()
    {
        using var machine = app.Machine();
        var stay = await Stay();
        var before = (await machine.Get($"/api/rounding/{stay}")).Response.Headers.ETag;
        var many = Enumerable
            .Range(0, 101)
            .Select(i => new
            {
                to = $"/api/rounding/{stay}/record-check",
                request = "many " + i,
                body = Seen,
            });
        (await machine.Post(Path, new { commands = many })).ShouldBeProblem(400, "commands-too-many", "commands");
        (await machine.Post(Path, new { })).ShouldBeProblem(400, "commands-missing", "commands");
        (await machine.Get($"/api/rounding/{stay}")).Response.Headers.ETag.ShouldBe(before);
    }

    private static (int, int, string?, string?) Told(JsonElement answer) =>
        (
            answer.GetProperty("index").GetInt32(),
            answer.GetProperty("status").GetInt32(),
            answer.GetProperty("problem") is { ValueKind: JsonValueKind.Object } problem ? problem.GetProperty("code").GetString() : null,
            answer.GetProperty("problem") is { ValueKind: JsonValueKind.Object } why ? why.GetProperty("field").GetString() : null
        );

    private static async Task<List<JsonElement>> Sent(HttpClient client, params object[] commands) =>
        [.. (await client.Post(Path, new { commands })).ShouldBeOk().Json.GetProperty("answers").EnumerateArray()];

    private async Task<Guid> Stay()
    {
        using var machine = app.Machine();
        return (await machine.Get("/api/units/2-west/board"))
            .Json.Cards()
            .First(card =>
                card.GetProperty("away").ValueKind == JsonValueKind.Null && card.GetProperty("lastSeen").ValueKind == JsonValueKind.Object
            )
            .Stay();
    }
}
