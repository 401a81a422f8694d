using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;

namespace Handoff.Api.Tests.Http;

/// <summary>Whatever is sent, the answer names the rule and the field, and says nothing of what was sent.</summary>
public sealed class BadInputTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private HttpClient machine = null!;
    private Guid stay;

    private string Check => $"/api/rounding/{stay}/record-check";

    public async Task InitializeAsync()
    {
        machine = app.Machine();
        stay = (await machine.Get("/api/units/2-west/board"))
            .Json.Cards()
            .First(card =>
                card.GetProperty("away").ValueKind == JsonValueKind.Null && card.GetProperty("lastSeen").ValueKind == JsonValueKind.Object
            )
            .Stay();
    }

    public Task DisposeAsync()
    {
        machine.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(" ", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("3", null)]
    [InlineData("\"Maya\"", null)]
    [InlineData("{", null)]
    [InlineData("{\"place\":\"Room\",}x", null)]
    [InlineData("{\"place\":12}", "place")]
    [InlineData("{\"place\":[\"Room\"]}", "place")]
    [InlineData("{\"place\":\"\\ud800\"}", "place")]
    [InlineData("{\"isAsleep\":\"no\"}", "isAsleep")]
    [InlineData("{\"activity\":\"Flying\"}", "activity")]
    [InlineData("{\"activity\":3}", "activity")]
    [InlineData("{\"evidence\":null}", "evidence")]
    [InlineData("{\"at\":\"yesterday\"}", "at")]
    [InlineData("{\"at\":1700000000}", "at")]
    [InlineData("{\"at\":\"2026-13-45T99:00:00Z\"}", "at")]
    [InlineData("{\"at\":\"2026-11-21T14:32:08\"}", "at")]
    [InlineData("{\"at\":\"2026-11-21\"}", "at")]
    [InlineData("{\"at\":\"9999-12-31T23:59:59.9999999-14:00\"}", "at")]
    [InlineData("{\"Maya Brook\":{bad}}", null)]
    public async Task A_body_of_another_form_is_malformed(string json, string? field) =>
        (await machine.PostText(Check, json)).ShouldBeProblem(400, "json-invalid", field).Text.ShouldNotContain("Maya");

    [Fact]
    public async Task A_body_that_is_not_text_is_malformed()
    {
        using var bytes = new ByteArrayContent([.. "{\"place\":\""u8, 0xff, 0xfe, .. "\"}"u8]);
        bytes.Headers.ContentType = new("application/json");
        (await machine.Send(Check, bytes)).ShouldBeProblem(400, "json-invalid", "place");
    }

    [Fact]
    public async Task Nesting_without_end_is_malformed() =>
        (await machine.PostText(Check, "{\"x\":" + new string('[', 100_000))).ShouldBeProblem(400, "json-invalid");

    [Theory]
    [InlineData("{}", "place-missing", "place")]
    [InlineData("{\"place\":null,\"isAsleep\":false}", "place-missing", "place")]
    [InlineData("{\"place\":\" \\u0000\\t\",\"isAsleep\":false}", "place-missing", "place")]
    [InlineData("{\"place\":\"Room\"}", "is-asleep-missing", "isAsleep")]
    [InlineData("{\"place\":\"Room\",\"isAsleep\":true}", "breathing-seen-missing", "breathingSeen")]
    [InlineData("{\"place\":\"Room\",\"isAsleep\":false,\"at\":\"2999-01-01T00:00:00Z\"}", "time-in-future", "at")]
    [InlineData("{\"place\":\"Room\",\"isAsleep\":false,\"at\":\"9999-12-31T23:59:59.9999999Z\"}", "time-in-future", "at")]
    [InlineData("{\"place\":\"Room\",\"isAsleep\":false,\"at\":\"0001-01-01T00:00:00Z\"}", "time-before-stay", "at")]
    [InlineData("{\"place\":\"Room\",\"isAsleep\":false,\"at\":\"1026-11-21T00:00:00-05:00\"}", "time-before-stay", "at")]
    public async Task A_field_that_is_missing_or_impossible_is_named(string json, string code, string field) =>
        (await machine.PostText(Check, json)).ShouldBeProblem(400, code, field);

    [Fact]
    public async Task A_command_without_a_body_has_no_fields()
    {
        (await machine.Send(Check, null)).ShouldBeProblem(400, "place-missing", "place");
        (await machine.Send($"/api/stay/{stay}/end-leave", null)).ShouldBeOk();
    }

    [Fact]
    public async Task Nothing_but_json_is_taken()
    {
        using var text = new StringContent("place=Room", Encoding.UTF8, "text/plain");
        (await machine.Send(Check, text)).ShouldBeProblem(415, "media-type-not-taken");
        using var form = new FormUrlEncodedContent([new("place", "Room")]);
        (await machine.Send(Check, form)).ShouldBeProblem(415, "media-type-not-taken");
    }

    [Fact]
    public async Task Another_method_is_not_taken()
    {
        (await machine.Get(Check)).ShouldBeProblem(405, "method-not-allowed");
        (await (await machine.DeleteAsync("/api/units/2-west/board")).Read()).ShouldBeProblem(405, "method-not-allowed");
    }

    [Theory]
    [InlineData("01934c5e-0000-7000-8000-000000000001")]
    [InlineData("1")]
    [InlineData("..%2f..%2fetc")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("x' or 1=1 --")]
    public async Task A_stay_that_is_not_there_is_not_found(string id)
    {
        (await machine.Post($"/api/rounding/{id}/record-check", new { place = "Room", isAsleep = false })).ShouldBeProblem(
            404,
            "stay-unknown",
            "stay"
        );
        (await machine.Post($"/api/stay/{id}/discharge", new { })).ShouldBeProblem(404, "stay-unknown", "stay");
    }

    [Fact]
    public async Task An_id_of_any_length_is_just_unknown() =>
        (await machine.Post($"/api/stay/{new string('9', 5_000)}/discharge", new { })).ShouldBeProblem(404, "stay-unknown", "stay");

    [Theory]
    [InlineData("not-a-uuid")]
    [InlineData("{01934C5E-0000-7000-8000-000000000001}")]
    public async Task A_stay_is_only_admitted_under_a_uuid(string id) =>
        (await machine.Post($"/api/stay/{id}/admit", Admission())).ShouldBeProblem(400, "stay-id-invalid", "stay");

    [Fact]
    public async Task A_stay_written_in_capitals_is_the_same_stay()
    {
        var id = Guid.CreateVersion7();
        (await machine.Post($"/api/stay/{id.ToString().ToUpperInvariant()}/admit", Admission()))
            .ShouldBeOk()
            .Json.GetProperty("stream")
            .GetString()
            .ShouldBe($"stay-{id}");
        await app.Settle();
        (
            await machine.Post($"/api/rounding/{id.ToString().ToUpperInvariant()}/record-check", new { place = "Room", isAsleep = false })
        ).ShouldBeOk();
    }

    [Theory]
    [InlineData("9-north")]
    [InlineData("2-West")]
    [InlineData("\u0000")]
    [InlineData("\ud83d\ude00")]
    public async Task A_unit_that_is_not_there_is_not_found(string unit) =>
        (await machine.Post($"/api/stay/{Guid.NewGuid()}/admit", Admission(unit: unit))).ShouldBeProblem(404, "unit-unknown", "unit");

    [Fact]
    public async Task A_facility_has_one_stream()
    {
        using var manager = await app.As(Role.Manager);
        (await manager.Post("/api/facility/another/open-facility", new { name = "Another" })).ShouldBeProblem(404, "facility-unknown");
        (await manager.Post("/api/facility/another/change-scope", new { may = "Audit", roles = Array.Empty<string>() })).ShouldBeProblem(
            404,
            "facility-unknown"
        );
    }

    [Theory]
    [InlineData("{\"shifts\":[null]}", "set-shifts")]
    [InlineData("{\"levels\":[null],\"onAdmission\":\"Q15\"}", "set-levels")]
    [InlineData("{\"beds\":[null]}", "set-beds")]
    [InlineData("{\"places\":[null,null,null]}", "set-places")]
    public async Task A_list_of_nothing_is_malformed(string json, string command)
    {
        using var manager = await app.As(Role.Manager);
        var said = await manager.PostText($"/api/unit/2-west/{command}", json);
        said.ShouldBeProblem(400, said.Code!, json[2..json.IndexOf('"', 2)]);
    }

    [Theory]
    [InlineData(2_000_000, false)]
    [InlineData(2_000_000, true)]
    [InlineData(10_000_000, false)]
    [InlineData(10_000_000, true)]
    public async Task A_body_that_is_too_large_is_refused(int bytes, bool isChunked)
    {
        using var note = new StringContent(
            "{\"place\":\"Room\",\"isAsleep\":false,\"remark\":\"" + new string('x', bytes) + "\"}",
            Encoding.UTF8,
            "application/json"
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, Check) { Content = note };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.ExpectContinue = !isChunked && bytes > 5_000_000;
        (await (await machine.SendAsync(request)).Read()).ShouldBeProblem(413, "too-large");
    }

    [Fact]
    public async Task A_note_that_is_too_long_is_refused_at_its_field() => (
            await machine.Post(
                Check,
                new
                {
                    place = "Room",
                    isAsleep = false,
                    remark = new string('x', 900_000),
                }
            )
        ).ShouldBeProblem(400, "text-too-long", "remark").Text.Length.ShouldBeLessThan(1_000);

    [Theory]
    [InlineData("O'Connor-D’Arcy", "O'Connor-D’Arcy")]
    [InlineData("Nuñez 😀👩‍👩‍👧", "Nuñez 😀👩‍👩‍👧")]
    [InlineData("אברהם עבد", "אברהם עבد")]
    [InlineData("\u202eevil\u202c", "evil")]
    [InlineData("Tab\tand\nline\u0000", "Tab and line")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("Robert'); drop table mt_events;--", "Robert'); drop table mt_events;--")]
    public async Task A_name_of_any_script_is_kept(string typed, string kept)
    {
        var id = await Admitted(typed);
        var board = (await machine.Get("/api/units/2-west/board")).Json;
        board.CardOf(id)!.Value.GetProperty("name").GetString().ShouldBe($"{kept}, Given");
    }

    [Fact]
    public async Task A_name_of_200_characters_is_kept_and_one_more_is_refused()
    {
        var id = await Admitted(new string('n', 200));
        (await machine.Get("/api/units/2-west/board")).Json.CardOf(id)!.Value.GetProperty("name").GetString()!.Length.ShouldBe(207);
        (await machine.Post($"/api/stay/{Guid.NewGuid()}/admit", Admission(new string('n', 201))))
            .ShouldBeProblem(400, "text-too-long", "family")
            .Text.ShouldNotContain("nnn");
    }

    [Theory]
    [InlineData("{\"account\":", "json-invalid", "account")]
    [InlineData("{\"account\":12}", "json-invalid", "account")]
    [InlineData("{\"acount\":\"tech\"}", "field-unknown", "acount")]
    [InlineData("[]", "json-invalid", null)]
    [InlineData("", "request-invalid", null)]
    public async Task Signing_in_with_something_malformed_is_a_problem_too(string json, string code, string? field)
    {
        using var nobody = app.Anonymous();
        (await nobody.PostText("/api/sign-in", json)).ShouldBeProblem(400, code, field);
    }

    [Fact]
    public async Task A_sender_who_leaves_in_the_middle_harms_nobody()
    {
        for (var i = 0; i < 10; i++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(app.Address.Host, app.Address.Port);
            await socket
                .GetStream()
                .WriteAsync(
                    Encoding.ASCII.GetBytes(
                        $"POST {Check} HTTP/1.1\r\nHost: x\r\nX-Api-Key: {App.Key}\r\nContent-Type: "
                            + $"application/json\r\nContent-Length: 500\r\n\r\n{{\"place\":"
                    )
                );
        }

        (await machine.Post(Check, new { place = "Room", isAsleep = false })).ShouldBeOk();
        app.Logged.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_log_line_names_a_patient()
    {
        await Admitted("Unmistakable");
        await machine.PostText(Check, "{\"remark\":\"Unmistakable\"");
        await machine.Post(Check, new { place = "Unmistakable place of a length that is too long to be kept", isAsleep = false });
        app.Logged.ShouldNotContain(line => line.Contains("Unmistakable", StringComparison.Ordinal));
    }

    private static object Admission(string family = "Family", string unit = "2-west") =>
        new
        {
            mrn = $"{Guid.NewGuid():N}",
            family,
            given = "Given",
            unit,
        };

    private async Task<Guid> Admitted(string family)
    {
        var id = Guid.CreateVersion7();
        (await machine.Post($"/api/stay/{id}/admit", Admission(family))).ShouldBeOk();
        return id;
    }
}
