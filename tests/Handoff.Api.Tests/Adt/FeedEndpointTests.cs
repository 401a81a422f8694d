using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Handoff.Domain.Access;
using Handoff.Domain.Units;

namespace Handoff.Api.Tests.Adt;

/// <summary>The feed and its quarantine over HTTP and MLLP, on the whole application.</summary>
public sealed class FeedEndpointTests(FeedApp app) : IClassFixture<FeedApp>
{
    private static readonly TimeZoneInfo Chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    [Fact]
    public async Task Only_a_feed_sends_and_only_who_mends_reads_the_quarantine()
    {
        var admission = Message("A01", "HTTP-0");
        (await app.Send(admission, by: app.Nobody())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Send(admission, by: await app.As("charge"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Card("HTTP-0")).ShouldBeNull();
        foreach (var path in (string[])["/api/adt/quarantine", $"/api/adt/quarantine/{Guid.NewGuid()}"])
        {
            (await app.Nobody().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await (await app.As("tech")).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await (await app.As("tech")).PostAsync($"/api/adt/quarantine/{Guid.NewGuid()}/replay", null)).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
    }

    [Theory]
    [InlineData("application/hl7-v2")]
    [InlineData("application/hl7-v2; charset=utf-8")]
    [InlineData("x-application/hl7-v2+er7")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task An_admission_over_HTTP_puts_the_patient_on_the_board(string? type)
    {
        var mrn = $"HTTP-{type}";
        var message = Encoding.UTF8.GetBytes(Message("A01", mrn));
        var answer = await app.Send(message, type);
        (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, "application/hl7-v2"));
        var ack = await answer.Content.ReadAsByteArrayAsync();
        FeedWard.Answer(ack).ShouldBe("AA");
        (await app.Card(mrn))!.Value.GetProperty("bed").GetString().ShouldBe("315");
        (await (await app.Send(message, type)).Content.ReadAsByteArrayAsync()).ShouldBe(ack);
    }

    [Fact]
    public async Task An_admission_over_MLLP_puts_the_patient_on_the_board()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var feed = await MllpClient.Connect(app.Mllp.Endpoint!, late.Token);
        await feed.Send([0x0B, .. Encoding.UTF8.GetBytes(Message("A01", "MLLP-1")), 0x1C, 0x0D]);
        FeedWard.Answer(Encoding.UTF8.GetBytes(await feed.Answer())).ShouldBe("AA");
        (await app.Card("MLLP-1"))!.Value.GetProperty("bed").GetString().ShouldBe("315");
        await feed.Send([0x0B, .. "garbage"u8, 0x1C, 0x0D]);
        FeedWard.Answer(Encoding.UTF8.GetBytes(await feed.Answer())).ShouldBe("AR MSH header-missing");
        (await app.Held("")).ShouldNotBeNull().GetProperty("sender").GetString().ShouldBe("unknown");
    }

    [Fact]
    public async Task What_cannot_be_applied_is_listed_with_its_reason_read_mended_and_replayed()
    {
        var message = Message("A01", "FIX-1", place: "3-EAST^315", name: "^", control: "FIX-1");
        FeedWard.Answer(await (await app.Send(message)).Content.ReadAsByteArrayAsync()).ShouldBe("AE PID-5 field-missing");
        var fault = (await app.Held("FIX-1"))!.Value.GetProperty("fault");
        (fault.GetProperty("code").GetString(), fault.GetProperty("segment").GetString(), fault.GetProperty("field").GetInt32()).ShouldBe(
            ("field-missing", "PID", 5)
        );

        var charge = await app.As("charge");
        var held = $"/api/adt/quarantine/{(await app.Held("FIX-1"))!.Value.GetProperty("id").GetString()}";
        (await charge.GetFromJsonAsync<JsonElement>(held)).GetProperty("text").GetString().ShouldBe(message);

        await ShouldBeProblem(await charge.PostAsync(held + "/replay", null), 422, "field-missing", "PID");
        await ShouldBeProblem(await charge.PostAsync(held + "/replay", Json("{")), 400, "json-invalid", null);
        await ShouldBeProblem(await charge.PostAsJsonAsync(held + "/replay", new { text = "MSH|" }), 422, "field-missing", "MSH");
        var done = await charge.PostAsJsonAsync(held + "/replay", new { text = message.Replace("||^|", "||DOE^JANE|") });
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await done.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("concerns").GetArrayLength().ShouldBe(1);
        (await app.Card("FIX-1")).ShouldNotBeNull();
        (await app.Held("FIX-1")).ShouldBeNull();
        await ShouldBeProblem(await charge.PostAsync(held + "/replay", null), 409, "message-not-held", null);
        await ShouldBeProblem(await charge.GetAsync(held), 404, "message-unknown", null);
        await ShouldBeProblem(await charge.PostAsync($"/api/adt/quarantine/{Guid.NewGuid()}/replay", null), 404, "message-unknown", null);
    }

    [Fact]
    public async Task A_mended_message_may_come_as_it_is_sent()
    {
        var message = Message("A01", "FIX-2", place: "3-EAST^315", name: "^", control: "FIX-2");
        await app.Send(message);
        var held = $"/api/adt/quarantine/{(await app.Held("FIX-2"))!.Value.GetProperty("id").GetString()}/replay";
        var mended = new StringContent(message.Replace("||^|", "||DOE^JANE|"), Encoding.UTF8, "application/hl7-v2");
        (await (await app.As("manager")).PostAsync(held, mended)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Card("FIX-2")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_held_message_is_set_aside_with_a_reason()
    {
        await app.Send(Message("A03", "GONE-1", control: "GONE-1"));
        var id = (await app.Held("GONE-1"))!.Value.GetProperty("id").GetString();
        (
            await (await app.As("charge")).PostAsJsonAsync($"/api/feed-message/{id}/dismiss-message", new { reason = "Never came to us" })
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Held("GONE-1")).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_for_a_feed_sends_and_can_do_nothing_else()
    {
        var feed = await app.Keyed(Role.Feed);
        FeedWard.Answer(await (await app.Send(Message("A01", "KEY-1"), by: feed)).Content.ReadAsByteArrayAsync()).ShouldBe("AA");
        var stay = (await app.Card("KEY-1"))!.Value.GetProperty("stay").GetString();
        foreach (
            var path in (string[])
                [
                    "/api/units/3-east/board",
                    "/api/me",
                    "/api/adt/quarantine",
                    "/units/3-east/board",
                    $"/stays/{stay}",
                    $"/stays/{stay}/notes",
                    "/adt/feeds",
                    "/facility/scope",
                ]
        )
        {
            (await feed.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }

        foreach (
            var command in (string[])
                [
                    $"rounding/{stay}/record-check",
                    $"stay/{stay}/discharge",
                    $"stay/{Guid.NewGuid()}/admit",
                    $"note/{Guid.NewGuid()}/sign-note",
                ]
        )
        {
            (await feed.PostAsJsonAsync($"/api/{command}", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden, command);
        }

        new Facility().PermissionsOf(Role.Feed).ShouldBe([Permission.SendFeed]);
        app.Guarded()
            .Where(route => route.AnyOf.Contains(Permission.SendFeed))
            .Select(route => route.Route.Trim('/'))
            .ShouldBe(["api/adt"]);
    }

    [Fact]
    public async Task A_manager_tries_a_message_and_nothing_is_changed()
    {
        var message = Message("A01", "TRY-1");
        await ShouldBeProblem(
            await (await app.As("charge")).PostAsJsonAsync("/api/adt/try", new { text = message }),
            403,
            "not-permitted",
            null
        );
        await ShouldBeProblem(
            await (await app.As("manager")).PostAsJsonAsync("/api/adt/try", new { text = " " }),
            400,
            "text-missing",
            null
        );
        var tried = await Tried(message);
        tried.GetProperty("patients")[0].GetString().ShouldBe("DOE, JANE · TRY-1 · visit TRY-1");
        tried.GetProperty("wouldSay")[0].GetString().ShouldStartWith("Admitted to 3-east, bed 315 at ");
        (await app.Card("TRY-1")).ShouldBeNull();
        (await Tried(Message("A03", "TRY-1"))).GetProperty("fault").GetProperty("code").GetString().ShouldBe("stay-unknown");
        (await Tried(Message("A05", "TRY-1"))).GetProperty("nothing").GetString().ShouldBe("Pre-admitted: nothing to do here.");
        (await app.Held("TRY-1")).ShouldBeNull();

        async Task<JsonElement> Tried(string text) =>
            (
                await (
                    await (await app.As("manager")).PostAsJsonAsync("/api/adt/try", new { text })
                ).Content.ReadFromJsonAsync<JsonElement>()
            )[0];
    }

    [Fact]
    public async Task All_of_a_kind_are_set_aside_over_HTTP()
    {
        for (var i = 0; i < 2; i++)
        {
            await app.Send(Message("A03", $"KIND-{i}", control: $"KIND-{i}"));
        }

        var charge = await app.As("charge");
        (await charge.GetFromJsonAsync<JsonElement>("/api/adt/quarantine/causes"))
            .EnumerateArray()
            .Single(cause => cause.GetProperty("code").GetString() == "stay-unknown")
            .GetProperty("count")
            .GetInt32()
            .ShouldBeGreaterThan(1);
        await ShouldBeProblem(
            await charge.PostAsJsonAsync("/api/adt/quarantine/dismiss", new { reason = "x" }),
            400,
            "cause-missing",
            null
        );
        await ShouldBeProblem(
            await charge.PostAsJsonAsync("/api/adt/quarantine/dismiss", new { cause = "stay-unknown" }),
            400,
            "reason-missing",
            null
        );
        (
            await (await app.As("tech")).PostAsJsonAsync("/api/adt/quarantine/dismiss", new { cause = "stay-unknown", reason = "x" })
        ).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (
            await charge.PostAsJsonAsync(
                "/api/adt/quarantine/dismiss",
                new { cause = "stay-unknown", reason = "Discharged before we came" }
            )
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Held("KIND-0")).ShouldBeNull();
    }

    [Fact]
    public async Task Too_much_is_413_and_another_content_type_415()
    {
        await ShouldBeProblem(await app.Send(new byte[5_000_000], "application/hl7-v2"), 413, "too-large", null);
        (await app.Send(Message("A01", "TYPE-1"), "application/pdf")).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await app.Card("TYPE-1")).ShouldBeNull();
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static async Task ShouldBeProblem(HttpResponseMessage answer, int status, string code, string? segment)
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).ShouldBe((status, "application/problem+json"), text);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        problem.GetProperty("code").GetString().ShouldBe(code);
        (problem.TryGetProperty("segment", out var at) ? at.GetString() : null).ShouldBe(segment);
    }

    // A few minutes ago, on the sender's clock.
    private static string Message(
        string trigger,
        string mrn,
        string place = "3-EAST^315",
        string? control = null,
        string name = "DOE^JANE"
    ) =>
        new Tell(trigger, TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow().AddMinutes(-5), Chicago).ToString("yyyyMMddHHmmss"))
        {
            Mrn = mrn,
            Visit = mrn,
            Place = place,
            Name = name,
            Control = control ?? Guid.NewGuid().ToString("N")[..20],
        };
}
