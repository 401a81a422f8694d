using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Timeline;

/// <summary>The log as a machine keeps up with it.</summary>
public sealed class EventFeedTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData(Role.Display)]
    [InlineData(Role.Feed)]
    public async Task Who_may_not_open_a_patient_reads_no_events(Role role)
    {
        await app.Services.GetRequiredService<ApiKeys>().Add(App.Facility, role.ToString(), role, $"hf_events-{role}-0123456789", default);
        using var machine = app.Machine($"hf_events-{role}-0123456789");
        (await machine.Get("/api/events?after=0")).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task Every_event_of_the_facility_comes_once_in_order_however_small_the_pages_are()
    {
        using var machine = app.Machine();
        var whole = await Read(machine, "/api/events?after=0");
        var pages = new List<JsonElement>();
        for (var (next, before) = (0L, -1L); next != before; )
        {
            var page = (await machine.Get($"/api/events?after={next}&limit=97")).ShouldBeOk().Json;
            pages.AddRange(page.GetProperty("events").EnumerateArray());
            (before, next) = (next, page.GetProperty("next").GetInt64());
        }

        pages.Count.ShouldBeGreaterThan(97);
        pages.Select(Position).ShouldBeInOrder();
        pages.Take(whole.Count).Select(Position).ShouldBe(whole.Select(Position));
        pages.Select(e => e.GetProperty("id").GetGuid()).ShouldBeUnique();
    }

    [Fact]
    public async Task A_check_is_told_with_its_facts_and_kept_as_read_by_whoever_asked()
    {
        using var machine = app.Machine();
        var stay = (await machine.Get("/api/units/2-west/board")).Json.Cards()[0].Stay();
        var recorded = await app.Record(new RecordCheck("Orchard", IsAsleep: false) { Key = stay.ToString() });
        using var tech = await app.As(Role.Technician);
        var told = (await Read(tech, $"/api/events?after={recorded.Position - 1}&limit=1")).ShouldHaveSingleItem();
        told.GetProperty("type").GetString().ShouldBe("safety_checked");
        told.GetProperty("stream").GetString().ShouldBe($"rounding-{stay}");
        told.GetProperty("unit").GetString().ShouldBe("2-west");
        told.GetProperty("stays")[0].GetGuid().ShouldBe(stay);
        told.GetProperty("data").GetProperty("place").GetString().ShouldBe("Orchard");
        using var auditor = await app.As(Role.Auditor);
        (await auditor.Get($"/api/stays/{stay}/access"))
            .Json.GetProperty("looks")
            .EnumerateArray()
            .ShouldContain(look =>
                look.GetProperty("what").GetString() == "export" && look.GetProperty("role").GetString() == "Technician"
            );
    }

    [Fact]
    public async Task Events_of_units_that_are_not_theirs_are_passed_over_and_so_are_the_facilitys()
    {
        using var nurse = app.Bearer((await app.Hire(Role.Nurse, "3-east")).Token);
        var page = (await nurse.Get("/api/events?after=0")).ShouldBeOk().Json;
        var units = page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("unit").GetString()).Distinct().ToList();
        units.ShouldBe(["3-east"]);
        using var machine = app.Machine();
        page.GetProperty("next").GetInt64().ShouldBe((await machine.Get("/api/events?after=0")).Json.GetProperty("next").GetInt64());
    }

    [Fact]
    public async Task Who_waits_is_answered_when_something_comes_and_at_the_end_of_their_patience()
    {
        using var machine = app.Machine();
        var stay = (await machine.Get("/api/units/3-east/board")).Json.Cards()[0].Stay();
        await app.Settle();
        var now = (await machine.Get("/api/events")).Json.GetProperty("next").GetInt64();
        var waits = machine.Get($"/api/events?after={now}&wait=30");
        (await Task.WhenAny(waits, Task.Delay(300))).ShouldNotBe(waits);
        var recorded = await app.Record(new RecordCheck("Room", IsAsleep: false) { Key = stay.ToString() });
        var page = (await waits).ShouldBeOk().Json;
        page.GetProperty("events").EnumerateArray().Select(Position).ShouldContain(recorded.Position);

        var end = page.GetProperty("next").GetInt64();
        (await machine.Get($"/api/events?after={end + 1_000_000}&wait=1"))
            .ShouldBeOk()
            .Json.GetProperty("events")
            .GetArrayLength()
            .ShouldBe(0);
    }

    [Fact]
    public async Task As_a_stream_they_come_by_themselves_and_go_on_where_the_line_was_lost()
    {
        using var machine = app.Machine();
        var stay = (await machine.Get("/api/units/3-east/board")).Json.Cards()[1].Stay();
        var first = await app.Record(new RecordCheck("Room", IsAsleep: false) { Key = stay.ToString() });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
        request.Headers.Add("Accept", "text/event-stream");
        request.Headers.Add("Last-Event-ID", $"{first.Position - 1}");
        using var stream = await machine.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        stream.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        await Until(lines, $"id: {first.Position}");
        var second = await app.Record(new RecordCheck("Hallway", IsAsleep: false) { Key = stay.ToString() });
        await Until(lines, $"id: {second.Position}");
    }

    [Theory]
    [InlineData("after=x", "after")]
    [InlineData("after=-1", "after")]
    [InlineData("after=0&wait=31", "wait")]
    [InlineData("after=0&limit=501", "limit")]
    public async Task What_is_no_number_or_too_much_is_named(string query, string field)
    {
        using var machine = app.Machine();
        (await machine.Get($"/api/events?{query}")).ShouldBeProblem(400, "number-invalid", field);
    }

    private static async Task Until(StreamReader lines, string line)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await lines.ReadLineAsync(patience.Token) is { } read && read != line) { }
    }

    private static async Task<List<JsonElement>> Read(HttpClient client, string path) =>
        [.. (await client.Get(path)).ShouldBeOk().Json.GetProperty("events").EnumerateArray()];

    private static long Position(JsonElement told) => told.GetProperty("position").GetInt64();
}
