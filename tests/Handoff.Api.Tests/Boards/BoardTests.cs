using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Boards;

/// <summary>Boards as JSON, as machines read them.</summary>
public sealed class BoardTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task An_auditor_of_another_unit_may_not()
    {
        using var elsewhere = app.Bearer((await app.Hire(Role.Auditor, "3-east")).Token);
        (await elsewhere.Get("/api/units/2-west/board")).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task The_units_that_a_caller_may_see_are_listed()
    {
        using var machine = app.Machine();
        var units = (await machine.Get("/api/units")).ShouldBeOk().Json.EnumerateArray().ToList();
        units.Select(unit => unit.GetProperty("id").GetString()).ShouldBe(["2-west", "3-east"]);
        units[0].EnumerateObject().Select(property => property.Name).ShouldBe(["id", "name", "beds"]);
        units.Select(unit => unit.GetProperty("beds").GetArrayLength()).ShouldBe([24, 16]);
    }

    [Theory]
    [InlineData(Role.Technician, "2-west", "/units/2-west/board")]
    [InlineData(Role.Display, "2-west", "/units/2-west/wall")]
    [InlineData(Role.Technician, "9-moon", null)]
    public async Task A_shortened_address_leads_to_the_board_or_to_what_may_be_seen_of_it(Role role, string unit, string? leadsTo)
    {
        using var client = await app.As(role);
        using var answer = await client.GetAsync($"/units/{unit}");
        answer.StatusCode.ShouldBe(leadsTo is null ? System.Net.HttpStatusCode.NotFound : System.Net.HttpStatusCode.Redirect);
        answer.Headers.Location?.OriginalString.ShouldBe(leadsTo);
    }

    [Fact]
    public async Task A_board_has_the_agreed_shape()
    {
        using var machine = app.Machine();
        var board = (await machine.Get("/api/units/2-west/board")).ShouldBeOk().Json;
        board.GetProperty("unit").GetString().ShouldBe("2-west");
        board.GetProperty("asOf").GetDateTimeOffset().ShouldBe(app.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
        board.GetProperty("position").GetInt64().ShouldBeGreaterThan(0);
        board.GetProperty("details").GetProperty("beds").GetInt32().ShouldBe(24);
        board.Cards().Count.ShouldBe(23);
        foreach (var card in board.Cards())
        {
            card.GetProperty("stay").GetGuid().ShouldNotBe(Guid.Empty);
            card.GetProperty("mrn").GetString().ShouldNotBeNullOrEmpty();
            card.GetProperty("bed").GetString().ShouldNotBeNullOrEmpty();
            card.GetProperty("name").GetString()!.ShouldContain(", ");
            card.GetProperty("level").GetString().ShouldBeOneOf(Enum.GetNames<ObservationLevel>());
            card.GetProperty("lastSeen").GetProperty("by").GetString().ShouldNotBeNullOrEmpty();
            card.GetProperty("version").GetInt64().ShouldBeInRange(1, board.GetProperty("position").GetInt64());
            card.GetProperty("isOverdue").ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
            (card.GetProperty("nextDue").ValueKind == JsonValueKind.Null).ShouldBe(
                card.GetProperty("away").ValueKind != JsonValueKind.Null
            );
        }
    }

    [Fact]
    public async Task The_worst_comes_first_and_is_counted()
    {
        await using var late = await App.Start();
        using var machine = late.Machine();
        var before = (await machine.Get("/api/units/2-west/board")).Json;
        // The demo was loaded when the first test asked for it: by now somebody on Q5 may be due.
        before.Cards().First(card => card.GetProperty("risk").GetInt32() == 0).GetProperty("level").GetString().ShouldBe("OneToOne");
        var asleep = before.Cards()[^1].Stay();
        if (before.Cards()[^1].GetProperty("away").ValueKind != JsonValueKind.Null)
        {
            asleep = before.Cards()[^2].Stay();
        }

        await late.Record(new RecordCheck("Room", IsAsleep: true, BreathingSeen: false) { Key = asleep.ToString() });
        late.Clock.Advance(TimeSpan.FromMinutes(6));

        var board = (await machine.Get("/api/units/2-west/board")).Json;
        var risks = board.Cards().ConvertAll(card => card.GetProperty("risk").GetInt32());
        risks.ShouldBe(risks.OrderDescending());
        board.Cards()[0].Stay().ShouldBe(asleep);
        board.GetProperty("overdue").GetInt32().ShouldBe(board.Cards().Count(card => card.GetProperty("isOverdue").GetBoolean()));
        board.GetProperty("overdue").GetInt32().ShouldBeGreaterThanOrEqualTo(2);
        var line = (await machine.Get("/api/overview")).Json.GetProperty("units").EnumerateArray().First();
        (line.GetProperty("unit").GetString(), line.GetProperty("patients").GetInt32(), line.GetProperty("away").GetInt32()).ShouldBe(
            ("2-west", 23, 1)
        );
        line.GetProperty("overdue").GetInt32().ShouldBe(board.GetProperty("overdue").GetInt32());
    }

    [Fact]
    public async Task A_display_sees_initials_and_bed_and_nobodys_name()
    {
        using var machine = app.Machine();
        using var display = await app.As(Role.Display);
        var (full, safe) = (await machine.Get("/api/units/2-west/board"), await display.Get("/api/units/2-west/board"));
        safe.Json.GetProperty("isHallwaySafe").GetBoolean().ShouldBeTrue();
        full.Json.GetProperty("isHallwaySafe").GetBoolean().ShouldBeFalse();
        foreach (var card in full.Json.Cards())
        {
            foreach (var secret in card.GetProperty("name").GetString()!.Split(", ").Append(card.GetProperty("mrn").GetString()!))
            {
                safe.Text.ShouldNotContain($"\"{secret}");
            }

            var shown = safe.Json.CardOf(card.Stay())!.Value;
            shown.GetProperty("name").GetString()!.ShouldMatch(@"^\p{Lu}\.\p{Lu}\.$");
            shown.GetProperty("bed").GetString().ShouldBe(card.GetProperty("bed").GetString());
            (shown.TryGetProperty("mrn", out _), shown.TryGetProperty("lastSeen", out _)).ShouldBe((false, false));
        }

        safe.Text.ShouldNotContain("court");
    }

    [Fact]
    public async Task Every_read_is_kept_with_whom_it_showed()
    {
        using var nurse = await app.As(Role.Nurse);
        using var auditor = await app.As(Role.Auditor);
        var stay = (await nurse.Get("/api/units/3-east/board")).Json.Cards()[0].Stay();
        await nurse.Get("/api/units/3-east/board");
        await nurse.Get("/api/units/2-west/board");
        await nurse.Get($"/api/units/3-east/board?at={app.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}");
        var looks = (await auditor.Get($"/api/stays/{stay}/access"))
            .ShouldBeOk()
            .Json.GetProperty("looks")
            .EnumerateArray()
            .Where(look => look.GetProperty("userName").GetString() == "Maria Ortiz")
            .ToList();
        looks.Select(look => look.GetProperty("what").GetString()).Take(3).ShouldBe(["as-of", "board", "board"]);
        looks.ShouldAllBe(look => look.GetProperty("unit").GetString() == "3-east");
    }

    [Fact]
    public async Task A_key_of_a_display_sees_no_more_than_a_display()
    {
        const string key = "hf_a-wall-in-a-hallway-0123456789";
        await app.Services.GetRequiredService<ApiKeys>().Add(App.Facility, "Wall", Role.Display, key, CancellationToken.None);
        using var wall = app.Machine(key);
        (await wall.Get("/api/units/2-west/board")).Json.GetProperty("isHallwaySafe").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("9-north")]
    [InlineData("2-WEST")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("'")]
    public async Task A_unit_that_is_not_there_is_not_found(string unit)
    {
        using var machine = app.Machine();
        (await machine.Get($"/api/units/{unit}/board")).ShouldBeProblem(404, "unit-unknown", "unit");
        (await machine.Get($"/api/units/{unit}/board?at=2026-01-01T00:00:00Z")).ShouldBeProblem(404, "unit-unknown", "unit");
    }
}
