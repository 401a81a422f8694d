using System.Text.Json;
using System.Text.RegularExpressions;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Boards;

/// <summary>Everything that shows a patient's facts, as it stood: the JSON, and the page that says so and offers nothing to do.</summary>
public sealed partial class PastViewsTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private readonly Guid stay = Guid.CreateVersion7();
    private HttpClient nurse = null!;

    public async Task InitializeAsync()
    {
        nurse = await app.As(Role.ChargeNurse);
        await app.Record(new Admit($"M{stay:N}", "Early", "Bird", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Settle();
    }

    public Task DisposeAsync()
    {
        nurse.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_note_signed_later_is_not_among_those_of_then_and_a_correction_not_in_its_words()
    {
        var note = Guid.CreateVersion7();
        await Do(
            $"note/{note}/sign-note",
            new
            {
                stay,
                kind = "Progress",
                text = "Slept well by her own account",
            }
        );
        var then = Later();
        await Do($"note/{note}/correct-note", new { text = "Slept badly by her own account", reason = "wrong word" });
        await Do(
            $"note/{Guid.CreateVersion7()}/sign-note",
            new
            {
                stay,
                kind = "Progress",
                text = "Walked in the yard",
            }
        );

        (await Json($"stays/{stay}/notes")).GetArrayLength().ShouldBe(2);
        var notes = await Json($"stays/{stay}/notes", then);
        notes.GetArrayLength().ShouldBe(1);
        notes.GetRawText().ShouldNotContain("badly");
        (await Page($"/stays/{stay}/notes", then)).ShouldContain("Slept well by her own account");
        (await Page($"/stays/{stay}/notes", then)).ShouldNotContain("Walked in the yard");
        (await Json($"stays/{stay}/notes", app.Clock.GetUtcNow().AddYears(-1))).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_timeline_and_the_lanes_of_then_hold_only_what_had_been_recorded()
    {
        await app.Record(new RecordCheck("Garden", IsAsleep: false) { Key = stay.ToString() });
        var then = Later();
        await app.Record(new RecordCheck("Dayroom", IsAsleep: false) { Key = stay.ToString() });

        (await Json($"stays/{stay}/timeline", then)).GetRawText().ShouldContain("Garden");
        (await Json($"stays/{stay}/timeline", then)).GetRawText().ShouldNotContain("Dayroom");
        foreach (var page in (string[])["timeline", "lanes"])
        {
            (await Page($"/stays/{stay}/{page}", then)).ShouldNotContain("Dayroom");
        }

        // Further pages, the filter and the links of the page stay in that past.
        (await Page($"/stays/{stay}/timeline", then)).ShouldContain("name=\"at\"");
    }

    [Fact]
    public async Task The_hand_over_of_then_is_that_of_then()
    {
        await Do($"care/{stay}/take-over", new { reason = "to try" }, mayBeRefused: true);
        await Do($"care/{stay}/judge-severity", new { severity = "Watcher" });
        await app.Record(new RecordCheck("Garden", IsAsleep: true, BreathingSeen: true) { Key = stay.ToString() });
        var then = Later();
        await Do($"care/{stay}/judge-severity", new { severity = "Unstable" });
        await Do($"care/{stay}/write-handoff", new { section = "Summary", words = "Said at the very end" }, mayBeRefused: true);
        await Do(
            $"note/{Guid.CreateVersion7()}/sign-note",
            new
            {
                stay,
                kind = "Progress",
                text = "Written at the very end",
            }
        );

        var (now, past) = (await Json("units/2-west/handoff"), await Json("units/2-west/handoff", then));
        (Severity(now), Severity(past)).ShouldBe(("Unstable", "Watcher"));
        past.GetProperty("position").GetInt64().ShouldBeLessThan(now.GetProperty("position").GetInt64());
        past.GetProperty("asOf").GetDateTimeOffset().ShouldBe(then, TimeSpan.FromMilliseconds(1));
        var one = await Json($"stays/{stay}/handoff", then);
        one.GetProperty("patient").GetProperty("severity").GetString().ShouldBe("Watcher");
        one.GetRawText().ShouldNotContain("very end");
        (await Page($"/units/2-west/handoff?stay={stay}", then)).ShouldNotContain("very end");
        (await Page("/units/2-west/handoff/print", then)).ShouldNotContain("very end");
        (await Json($"stays/{stay}/responsible", then.AddYears(-1))).GetArrayLength().ShouldBe(0);

        string? Severity(JsonElement handoff) =>
            handoff.GetProperty("patients").EnumerateArray().Single(p => p.Stay() == stay).GetProperty("severity").GetString();
    }

    [Fact]
    public async Task An_incident_of_then_has_the_steps_that_it_had_and_is_over_only_when_it_was()
    {
        var (before, incident) = (Later(), Guid.CreateVersion7().ToString());
        await app.Record(new OpenIncident(IncidentKind.Aggression, "2-west", [stay], "Hallway") { Key = incident });
        var then = Later();
        await app.Record(new NoteIncident("Sat down by himself") { Key = incident });
        await app.Record(new ResolveIncident("Over") { Key = incident });

        (await Incidents(before), await Incidents(then)).ShouldBe((0, 1));
        (await nurse.Get($"/api/units/2-west/incidents/{incident}?at={At(before)}")).ShouldBeProblem(404, "incident-unknown", "incident");
        var past = await Json($"units/2-west/incidents/{incident}", then);
        past.GetProperty("isOpen").GetBoolean().ShouldBeTrue();
        past.GetRawText().ShouldNotContain("Sat down");
        (await Page($"/units/2-west/incidents/{incident}", then)).ShouldNotContain("Sat down");
        (await Page("/units/2-west/incidents", then)).ShouldContain("Early");
        (Going(await Json("overview", before)), Going(await Json("overview", then))).ShouldBe(
            (Going(await Json("overview")), Going(await Json("overview")) + 1)
        );
        await Page("/units", then);

        async Task<int> Incidents(DateTimeOffset at) =>
            (await Json("units/2-west/incidents", at)).EnumerateArray().Count(one => one.GetProperty("id").GetString() == incident);

        static int Going(JsonElement overview) =>
            overview
                .GetProperty("units")
                .EnumerateArray()
                .Single(u => u.GetProperty("unit").GetString() == "2-west")
                .GetProperty("incidents")
                .GetInt32();
    }

    [Fact]
    public async Task The_meeting_of_then_knows_no_decision_that_came_later()
    {
        var key = (await Json("units/2-west/meeting")).GetProperty("meeting").GetString();
        await Do($"meeting/{key}/open-meeting", new { attending = new[] { "Dr Vance" } }, mayBeRefused: true);
        var then = Later();
        await Do(
            $"case-review/{stay}/record-decision",
            new
            {
                words = "Weigh her weekly",
                owner = new { role = "Nurse" },
                due = app.Clock.GetUtcNow().AddDays(1),
                meeting = key,
            }
        );

        (await Json($"units/2-west/meeting/{stay}")).GetRawText().ShouldContain("Weigh her weekly");
        (await Json($"units/2-west/meeting/{stay}", then)).GetRawText().ShouldNotContain("Weigh her weekly");
        (await Page($"/units/2-west/meeting/{stay}", then)).ShouldNotContain("Weigh her weekly");
        (await Json("units/2-west/meeting", then))
            .GetProperty("position")
            .GetInt64()
            .ShouldBeLessThan((await Json("units/2-west/meeting")).GetProperty("position").GetInt64());
        await Page("/units/2-west/meeting", then);
        await Page("/units/2-west/meeting/print", then);
    }

    [Fact]
    public async Task A_link_on_a_page_of_the_past_stays_in_the_past_or_says_that_it_leads_to_now()
    {
        await app.Record(new OpenIncident(IncidentKind.Fall, "2-west", [stay], "Hallway") { Key = Guid.CreateVersion7().ToString() });
        await app.Record(new RecordCheck("Garden", IsAsleep: false) { Key = stay.ToString() });
        await app.Record(new EscalateConcern(stay, Urgency.Urgent, "Will not drink") { Key = Guid.CreateVersion7().ToString() });
        await Do(
            $"care-task/{Guid.CreateVersion7()}/raise-task",
            new
            {
                stay,
                text = "Weigh",
                owner = new { role = "Nurse" },
                due = app.Clock.GetUtcNow().AddHours(2),
            }
        );
        await Do(
            $"note/{Guid.CreateVersion7()}/sign-note",
            new
            {
                stay,
                kind = "Progress",
                text = "Slept well",
            }
        );
        await Do(
            $"case-review/{stay}/record-decision",
            new
            {
                words = "Weigh her weekly",
                owner = new { role = "Nurse" },
                due = app.Clock.GetUtcNow().AddDays(1),
                meeting = (await Json("units/2-west/meeting")).GetProperty("meeting").GetString(),
            },
            mayBeRefused: true
        );
        var then = Later();
        var (astray, kept) = (new List<string>(), 0);
        foreach (
            var path in (string[])
                [
                    $"/stays/{stay}",
                    $"/stays/{stay}/timeline",
                    $"/stays/{stay}/lanes",
                    $"/stays/{stay}/notes",
                    "/units",
                    "/units/2-west/board",
                    $"/units/2-west/handoff?stay={stay}",
                    "/units/2-west/incidents",
                    "/units/2-west/meeting",
                    $"/units/2-west/meeting/{stay}",
                ]
        )
        {
            foreach (Match link in Links().Matches(await Page(path, then)))
            {
                kept += link.Groups["to"].Value.Contains("at=", StringComparison.Ordinal) ? 1 : 0;
                if (
                    !link.Groups["to"].Value.Contains("at=", StringComparison.Ordinal)
                    && !link.Groups["words"].Value.Contains("as it is now", StringComparison.Ordinal)
                    && !link.Groups["words"].Value.EndsWith("Now", StringComparison.Ordinal)
                )
                {
                    astray.Add($"{path}: {link.Groups["to"].Value}");
                }
            }
        }

        astray.Distinct().ShouldBeEmpty();
        kept.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task A_hand_over_of_the_past_has_no_part_in_which_nothing_was_said() =>
        (await Page($"/units/2-west/handoff?stay={stay}", Later())).ShouldNotContain("handoff-talk");

    [Fact]
    public async Task Who_was_discharged_since_is_in_the_hand_over_of_then()
    {
        var then = Later();
        await app.Record(new Discharge { Key = stay.ToString() });
        (await Json("units/2-west/handoff")).GetProperty("patients").EnumerateArray().ShouldNotContain(p => p.Stay() == stay);
        (await Json("units/2-west/handoff", then)).GetProperty("patients").EnumerateArray().ShouldContain(p => p.Stay() == stay);
    }

    [Fact]
    public async Task Before_the_stay_was_known_there_is_nothing_to_show()
    {
        var page = await nurse.Get($"/stays/{stay}/timeline?at=2020-02-29T12:00:00Z");
        page.ShouldBeProblem(404, "stay-unknown-then", "at");
    }

    /// <summary>The present, a moment before whatever is recorded next.</summary>
    private DateTimeOffset Later()
    {
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var instant = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        return instant;
    }

    private async Task Do(string command, object body, bool mayBeRefused = false)
    {
        var said = await nurse.Post("/api/" + command, body);
        if (!mayBeRefused)
        {
            said.ShouldBeOk();
        }

        await app.Settle();
    }

    private async Task<JsonElement> Json(string path, DateTimeOffset? at = null) =>
        (await nurse.Get($"/api/{path}{(at is { } then ? $"?at={At(then)}" : "")}")).ShouldBeOk().Json;

    // Every page of the past says so and has nothing on it that could be sent, but for what leads to other times.
    private async Task<string> Page(string path, DateTimeOffset at)
    {
        var page = (await nurse.Get($"{path}{(path.Contains('?') ? '&' : '?')}at={At(at)}")).ShouldBeOk().Text;
        page.ShouldContain("As it stood");
        var main = page.Split("<main")[1];
        main.ShouldNotContain("method=\"post\"");
        main.ShouldNotContain("data-controller=\"live-region");
        page.ShouldNotContain("data-controller=\"live\"");
        return main;
    }

    [GeneratedRegex("<a [^>]*href=\"(?<to>/[^\"]*)\"[^>]*>(?<words>.*?)</a>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Links();

    private static string At(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'");
}
