using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Web.Layout;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Timeline;

public sealed class TimelineTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private readonly Guid stay = Guid.CreateVersion7();
    private HttpClient machine = null!;

    private string Url => $"/api/stays/{stay}/timeline";

    public async Task InitializeAsync()
    {
        machine = app.Machine();
        await app.Record(new Admit($"{stay:N}", "Told", "Story", "2-west", null) { Key = stay.ToString() });
        await app.Settle();
    }

    public Task DisposeAsync()
    {
        machine.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Who_may_not_read_the_patient_is_refused_and_an_unknown_stay_is_not_found()
    {
        using var display = await app.As(Role.Display);
        (await display.Get(Url)).ShouldBeProblem(403, "not-permitted");
        (await display.Get(Paths.Stay(stay, "timeline"))).Status.ShouldBe(403);
        using var elsewhere = app.Bearer((await app.Hire(Role.Nurse, "3-east")).Token);
        (await elsewhere.Get(Url)).ShouldBeProblem(403, "unit-not-yours");
        (await elsewhere.Get(Paths.Stay(stay, "timeline"))).Status.ShouldBe(403);
        (await elsewhere.Get(Paths.Stay(stay, "timeline/part"))).Status.ShouldBe(403);
        (await machine.Get($"/api/stays/{Guid.NewGuid()}/timeline")).ShouldBeProblem(404, "stay-unknown", "stay");
        (await machine.Get($"/stays/{Guid.NewGuid()}/timeline")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Everything_about_the_patient_is_told_across_streams_newest_first()
    {
        await Seen("Day room", "Asked for water");
        var told = (await machine.Get(Url)).ShouldBeOk().Json;
        Types(told).ShouldBe(["safety_checked", "rounding_began", "admitted"], ignoreOrder: true);
        Types(told)[0].ShouldBe("safety_checked");
        told.GetProperty("entries")[0].GetProperty("sentence").GetString()!.ShouldContain("Asked for water");
        told.GetProperty("before").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_is_recorded_after_a_look_is_there_at_the_next()
    {
        var before = (await machine.Get(Url)).Json.GetProperty("position").GetInt64();
        await Seen("Room");
        var after = (await machine.Get(Url)).Json;
        after.GetProperty("position").GetInt64().ShouldBeGreaterThan(before);
        Types(after)[0].ShouldBe("safety_checked");
    }

    [Fact]
    public async Task A_check_that_was_taken_back_is_struck_beside_who_took_it_back()
    {
        var check = (await Seen("Courtyard")).Events![0];
        await app.Record(new TakeBackCheck(check, "Wrong patient") { Key = stay.ToString() });
        var entry = Entry((await machine.Get(Url)).Json, check);
        entry.GetProperty("isStruck").GetBoolean().ShouldBeTrue();
        entry.GetProperty("amendments")[0].GetProperty("sentence").GetString()!.ShouldContain("Wrong patient");
    }

    [Fact]
    public async Task A_late_entry_says_how_late_it_is()
    {
        app.Clock.Advance(TimeSpan.FromHours(3));
        var check = (
            await app.Record(new RecordCheck("Room", false, At: app.Clock.GetUtcNow().AddMinutes(-90)) { Key = stay.ToString() })
        ).Events![0];
        Entry((await machine.Get(Url)).Json, check).GetProperty("lateMinutes").GetInt32().ShouldBe(90);
        var page = await Page("");
        page.ShouldContain("late entry, 1 h 30 min after");
    }

    [Fact]
    public async Task Page_by_page_everything_is_told_once_while_more_arrives()
    {
        foreach (var i in Enumerable.Range(0, 150))
        {
            app.Clock.Advance(TimeSpan.FromMinutes(11));
            await Seen("Room", $"no {i}");
        }

        var (seen, next) = (new List<Guid>(), (long?)null);
        do
        {
            var leaf = (await machine.Get(Url + (next is { } before ? $"?before={before}" : ""))).ShouldBeOk().Json;
            seen.AddRange(leaf.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("id").GetGuid()));
            next = leaf.GetProperty("before").ValueKind == JsonValueKind.Null ? null : leaf.GetProperty("before").GetInt64();
            await Seen("Hallway");
        } while (next is not null);

        seen.Distinct().Count().ShouldBe(seen.Count);
        seen.Count.ShouldBe(152);
    }

    [Fact]
    public async Task Filters_and_words_are_plain_parameters()
    {
        await Seen("Day room", "Asked for water");
        Types((await machine.Get(Url + "?kind=stay")).Json).ShouldBe(["admitted"]);
        Types((await machine.Get(Url + "?q=ASKED%20water&kind=&by=&shift=&severity=")).Json).ShouldBe(["safety_checked"]);
        Types((await machine.Get(Url + "?q=%27%20or%201%3D1")).Json).ShouldBeEmpty();
        Types((await machine.Get(Url + "?severity=critical")).Json).ShouldBeEmpty();
        Types((await machine.Get(Url + "?by=nobody")).Json).ShouldBeEmpty();
        (await Page("?q=nothing+like+it")).ShouldContain("Nothing fits");
        (await Page("?before=x&after=-1&down=99999999999999999999&event=y")).ShouldContain("Admitted to");
    }

    [Fact]
    public async Task Search_words_are_escaped_on_the_page() =>
        (await Page("?q=" + Uri.EscapeDataString("\"><script>alert(1)</script>"))).ShouldNotContain("<script>alert");

    [Fact]
    public async Task An_entry_is_pinned_shown_on_top_and_unpinned()
    {
        var check = (await Seen("Day room", "Asked for water")).Events![0];
        (await machine.Post($"/api/stay/{stay}/pin-entry", new { entry = check, word = "For Friday" })).ShouldBeOk();
        var told = (await machine.Get(Url)).Json;
        told.GetProperty("pinned")[0].GetProperty("pin").GetProperty("word").GetString().ShouldBe("For Friday");
        Types(told).ShouldNotContain("entry_pinned");
        (await Page("")).ShouldContain("For Friday");
        (await machine.Post($"/api/stay/{stay}/unpin-entry", new { entry = check })).ShouldBeOk();
        (await machine.Get(Url)).Json.GetProperty("pinned").GetArrayLength().ShouldBe(0);
        using var manager = await app.As(Role.Manager);
        (await manager.Post($"/api/stay/{stay}/pin-entry", new { entry = check })).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task A_part_of_the_page_goes_down_to_where_it_was_read()
    {
        await Seen("Day room", "Asked for water");
        var part = await Page("/part?down=" + (await machine.Get(Url)).Json.GetProperty("entries")[0].GetProperty("position").GetInt64());
        part.ShouldContain("Asked for water");
        part.ShouldNotContain("Admitted to");
        part.ShouldNotContain("<html");
    }

    [Fact]
    public async Task Reading_is_in_the_access_log()
    {
        await machine.Get(Url);
        await Page("");
        var reads = await app.Services.GetRequiredService<AccessLog>().ForStay(App.Facility, stay, null, 10, default);
        reads.Count(look => look.What == "timeline").ShouldBe(2);
    }

    [Fact]
    public async Task The_patients_page_as_it_stood_shows_only_what_had_been_recorded_by_then()
    {
        await Seen("Day room", "Asked for water");
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var between = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        await app.Record(new OrderLevel(Domain.Units.ObservationLevel.OneToOne, "Pulled at the door") { Key = stay.ToString() });
        var then = (await machine.Get(Paths.StayAt(stay, between.AddSeconds(1)))).ShouldBeOk().Text;
        then.ShouldContain("Asked for water");
        then.ShouldNotContain("Pulled at the door");
        then.ShouldContain("As it stood");
        then.ShouldNotContain("patient-page");
        (await machine.Get(Paths.Stay(stay.ToString()))).Text.ShouldContain("Pulled at the door");
        (await machine.Get(Paths.StayAt(stay, between.AddYears(-5)))).Text.ShouldContain("Nothing was known of this stay then");
        (await machine.Get($"/stays/{stay}?at=2999-01-01T00:00:00Z")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_slider_is_a_plain_form()
    {
        var since = app.Clock.GetUtcNow().AddHours(-2);
        var path = $"since={since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z&minute=45";
        (await machine.Get($"/stays/{stay}?{path}")).ShouldBeOk().Text.ShouldContain("type=\"range\"");
        (await machine.Get($"/units/2-west/board?{path}&days=7")).ShouldBeOk().Text.ShouldContain("max=\"10080\"");
        (await machine.Get($"/units/2-west/board?since=now&minute=45")).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?days=1")]
    [InlineData("?days=30")]
    [InlineData("?days=stay")]
    [InlineData("?days=-7")]
    public async Task Lanes_are_drawn_for_any_span(string query)
    {
        await Seen("Room");
        var page = (await machine.Get(Paths.Stay(stay, "lanes") + query)).ShouldBeOk().Text;
        page.ShouldContain("Observation level");
        page.ShouldContain("<svg class=\"lanes-svg\"");
        (await machine.Get($"/stays/{Guid.NewGuid()}/lanes")).Status.ShouldBe(404);
    }

    private Task<Handoff.Api.Store.CommandResult> Seen(string place, string? remark = null) =>
        app.Record(new RecordCheck(place, false, Remark: remark) { Key = stay.ToString() });

    private async Task<string> Page(string more) => (await machine.Get(Paths.Stay(stay, "timeline") + more)).ShouldBeOk().Text;

    private static string[] Types(JsonElement told) =>
        [.. told.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];

    private static JsonElement Entry(JsonElement told, Guid id) =>
        told.GetProperty("entries").EnumerateArray().Single(e => e.GetProperty("id").GetGuid() == id);
}
