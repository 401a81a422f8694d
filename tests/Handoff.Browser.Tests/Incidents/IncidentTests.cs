using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Incidents;

public sealed class IncidentTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    private const string Unit = "3-east";
    private static readonly Guid Ana = NamedId.From("demo", Unit, "303");
    private static readonly Guid Other = NamedId.From("demo", Unit, "305");

    [Fact]
    public async Task Who_has_no_patients_is_offered_no_incident_and_turned_away()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "manager", $"/units/{Unit}/board");
        await Expect(page.Locator(".incident-button")).ToHaveCountAsync(0);
        (await page.GotoAsync($"{app.Address}/units/{Unit}/incidents/new"))!.Status.ShouldBe(403);
        var incident = await Opened(Ana);
        await using var floor = await chrome.Browser.NewContextAsync();
        (await (await app.SignIn(floor, "tech")).GotoAsync($"{app.Address}/units/{Unit}/incidents/{incident}/resolve"))!.Status.ShouldBe(
            403
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_incident_is_opened_from_the_patients_page_recorded_resolved_and_closed(bool hasScript)
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var page = await app.SignIn(context, "nurse", $"/stays/{Ana}");
        await Follow(page, "Incident");
        await Press(page, "Aggression");
        await Expect(page.Locator(".incident-head")).ToContainTextAsync("Aggression");
        await Follow(page, "De-escalation");
        await Press(page, "Music");
        await Press(page, "Calmed");
        await Expect(page.Locator(".chain")).ToContainTextAsync("Tried music, calmed");
        await Follow(page, "Code called");
        await Press(page, "Behavioral emergency");
        await Follow(page, "Told somebody");
        await page.Locator(".chip", new() { HasText = "By phone" }).ClickAsync();
        await Press(page, "Provider");
        await Expect(page.Locator(".chain")).ToContainTextAsync("Provider told by phone");
        await Follow(page, "Injuries");
        await Press(page, "No injury found");
        await Follow(page, "Resolved");
        await Press(page, "It is over");
        await Expect(page.Locator(".incident-loops li")).ToHaveCountAsync(3);
        await Follow(page, "Review level");
        await page.GetByRole(AriaRole.Button, new() { Name = "Kept at" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Record debrief" }).First.ClickAsync();
        await Press(page, "Offered and declined");
        await page.GetByRole(AriaRole.Link, new() { Name = "Record debrief" }).First.ClickAsync();
        await Press(page, "Held");
        await Expect(page.Locator(".incident-loops")).ToHaveCountAsync(0);
        await app.Settle();
        await page.GotoAsync($"{app.Address}/stays/{Ana}");
        await Expect(page.Locator(".incident-panel")).ToContainTextAsync("Helps in a crisis: music");
    }

    [Fact]
    public async Task A_banner_appears_on_every_board_and_display_at_once_and_goes_when_it_is_over()
    {
        await using var desk = await chrome.Browser.NewContextAsync();
        await using var hall = await chrome.Browser.NewContextAsync();
        var board = await app.SignIn(desk, "nurse", $"/units/{Unit}/board");
        var wall = await app.SignIn(hall, "display", $"/units/{Unit}/wall");
        await board.IsLive();
        await wall.IsLive();
        var incident = await Opened(Ana, Other);
        var name = await board.Locator($"#card-{Ana} .card-name").InnerTextAsync();
        var banner = board.Locator(".incident-banner", new() { Has = board.Locator($"[href$='{incident}']") });
        await Expect(banner).ToContainTextAsync(name);
        await Expect(wall.Locator(".incident-banner").First).ToContainTextAsync("Day room");
        (await wall.ContentAsync()).ShouldNotContain(name);
        await app.Record(new CallCode(Code.Behavioral) { Key = incident.ToString() });
        await Expect(banner).ToContainTextAsync("Code");
        await app.Record(new ResolveIncident { Key = incident.ToString() });
        await Expect(banner).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_banner_of_what_is_over_does_not_come_back_with_an_answer_that_was_on_its_way()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "nurse", $"/units/{Unit}/board");
        await page.IsLive();
        await page.EvaluateAsync(
            """
            () => {
              const real = fetch;
              window.fetch = async (...asked) => {
                const answer = await real(...asked);
                if (window.goOn || !String(asked[0]).endsWith("/incidents/now")) return answer;
                document.documentElement.dataset.held = "";
                await new Promise(done => window.goOn = done);
                return answer;
              };
            }
            """
        );
        var incident = await Opened(Other);
        await Expect(page.Locator("html[data-held]")).ToHaveCountAsync(1);
        await app.Record(new ResolveIncident { Key = incident.ToString() });
        var next = await Opened(Ana);
        var banner = page.Locator($".incident-banner [href$='{incident}']");
        await app.Settle();
        await page.EvaluateAsync("new Promise(drawn => { window.goOn(); setTimeout(drawn, 200); })");
        await Expect(page.Locator($".incident-banner [href$='{next}']")).ToBeVisibleAsync();
        await Expect(banner).ToHaveCountAsync(0);
        await app.Record(new ResolveIncident { Key = next.ToString() });
        await Expect(page.Locator($".incident-banner [href$='{next}']")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_incidents_page_follows_what_others_record_and_waits_for_who_is_busy_on_it()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var incident = await Opened(Ana);
        var page = await app.SignIn(context, "nurse", $"/units/{Unit}/incidents/{incident}");
        await page.IsLive();
        await app.Record(new NoteIncident("Security is on the unit") { Key = incident.ToString() });
        await Expect(page.Locator(".chain")).ToContainTextAsync("Security is on the unit");
        await page.IsLive();
        await page.GetByRole(AriaRole.Link, new() { Name = "Warning signs" }).FocusAsync();
        await app.Record(new NoteIncident("Still loud") { Key = incident.ToString() });
        await Expect(page.Locator(".stale")).ToBeVisibleAsync();
        await Expect(page.Locator(".chain")).Not.ToContainTextAsync("Still loud");
    }

    [Fact]
    public async Task A_correction_stands_beside_what_it_corrects()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var incident = await Opened(Ana);
        await app.Record(new NoteIncident("Two chairs") { Key = incident.ToString() });
        var page = await app.SignIn(context, "tech", $"/units/{Unit}/incidents/{incident}");
        await page.Locator(".chain-step", new() { HasText = "Two chairs" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.FillAsync("#remark", "Three chairs");
        await Press(page, "Correct it");
        await Expect(page.Locator("#reason:invalid")).ToHaveCountAsync(1);
        await page.FillAsync("#reason", "counted again");
        await Press(page, "Correct it");
        var step = page.Locator(".chain-step", new() { HasText = "Three chairs" });
        await Expect(step.Locator("s")).ToContainTextAsync("Two chairs");
        await step.GetByRole(AriaRole.Link).ClickAsync();
        await page.FillAsync("#reason", "another day");
        await Press(page, "Entered in error");
        await Expect(page.Locator(".chain-step[data-in-error]")).ToContainTextAsync("another day");
    }

    [Fact]
    public async Task A_refused_step_keeps_its_words_and_enter_presses_no_button()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var incident = await Opened(Ana, Other);
        var page = await app.SignIn(context, "nurse", $"/units/{Unit}/incidents/{incident}/attempt");
        await page.Locator(".more summary").ClickAsync();
        await page.FillAsync("#remark", "by the window");
        await page.FillAsync("#at", "25");
        await page.PressAsync("#at", "Enter");
        await Expect(page.Locator("#remark")).ToHaveValueAsync("by the window");
        await page.FillAsync("#at", "");
        await page.Locator(".chip").First.ClickAsync();
        await Press(page, "Something else");
        await Expect(page.Locator(".chain")).ToContainTextAsync("by the window");
    }

    [Fact]
    public async Task Every_page_of_an_incident_keeps_the_rules_of_every_page()
    {
        var incident = await Opened(Ana, Other);
        await Played(incident);
        var path = $"/units/{Unit}/incidents";
        var broken = new List<string>();
        broken.AddRange(await app.Broken(chrome.Browser, "nurse", $"{path}/new?stay={Ana}", "incident-new"));
        broken.AddRange(await app.Broken(chrome.Browser, "nurse", $"{path}/{incident}", "incident"));
        foreach (var act in (string[])["signs", "attempt", "notify", "injury", "patient", "resolve"])
        {
            broken.AddRange(await app.Broken(chrome.Browser, "nurse", $"{path}/{incident}/{act}", $"incident-{act}"));
        }

        await app.Record(new ResolveIncident { Key = incident.ToString() });
        broken.AddRange(await app.Broken(chrome.Browser, "nurse", $"{path}/{incident}", "incident-resolved"));
        broken.AddRange(await app.Broken(chrome.Browser, "nurse", $"{path}/{incident}/level?stay={Ana}", "incident-level"));
        broken.AddRange(await app.Broken(chrome.Browser, "nurse", $"{path}/{incident}/debrief?stay={Ana}", "incident-debrief"));
        broken.AddRange(await app.Broken(chrome.Browser, "nurse", path, "incidents"));
        broken.AddRange(await app.Broken(chrome.Browser, "nurse", $"/stays/{Ana}", "incident-stay"));
        broken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("charge", "board", "light", 1440)]
    [InlineData("charge", "board", "night", 390)]
    [InlineData("display", "wall", "dark", 1920)]
    public async Task A_board_with_an_incident_is_for_everybody(string account, string place, string theme, int width)
    {
        await Played(await Opened(Ana, Other));
        await using var context = await chrome.Browser.Screen(app, theme, width);
        var page = await app.SignIn(context, account, $"/units/{Unit}/{place}");
        await page.IsLive();
        await page.Keep($"incident-{place}-{theme}-{width}.png");
        (await page.Violations()).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
    }

    private async Task Played(Guid incident)
    {
        var key = incident.ToString();
        await app.Record(
            new RecordWarningSigns(
                [WarningSign.Pacing, WarningSign.RaisedVoice, WarningSign.ClenchedFists],
                Ana,
                "Wanted the phone before the others",
                DateTimeOffset.UtcNow.AddMinutes(-20)
            )
            {
                Key = key,
            }
        );
        await app.Record(
            new RecordAttempt(Technique.TalkedCalmly, Ana, Effect.NoChange, 4, Remark: "Offered to call his sister") { Key = key }
        );
        await app.Record(new RecordAttempt(Technique.Music, Ana, Effect.Calmed, 8, AvoidedRestriction: true) { Key = key });
        await app.Record(new CallCode(Code.Behavioral) { Key = key });
        await app.Record(new RecordAttempt(Technique.QuietPlace, Other) { Key = key });
        await app.Record(new NotifyOfIncident(Party.Provider, Channel.Phone, Name: "Dr. Haddad") { Key = key });
        await app.Record(new NoteIncident("Two chairs are broken; the day room is closed until they are out of the way") { Key = key });
        var call = (await app.State(incident)).Steps.First(step => step.Kind == StepKind.CodeCalled).Id;
        await app.Record(new CorrectStep(call, "Read off the wrong clock", DateTimeOffset.UtcNow.AddMinutes(-2)) { Key = key });
        await app.Record(new RecordInjury(Injured.Staff, Harm.Minor) { Key = key });
        await app.Record(
            new TakeBackStep((await app.State(incident)).Steps.First(step => step.Kind == StepKind.Injury).Id, "Nobody was hurt")
            {
                Key = key,
            }
        );
        await app.Settle();
    }

    private async Task<Guid> Opened(params Guid[] stays)
    {
        var incident = Guid.NewGuid();
        await app.Record(new OpenIncident(IncidentKind.Aggression, Unit, stays, "Day room") { Key = incident.ToString() });
        return incident;
    }

    private static Task Press(IPage page, string words) =>
        page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true })
            .Or(page.GetByRole(AriaRole.Button, new() { Name = words + " " }))
            .First.ClickAsync();

    private static Task Follow(IPage page, string words) => page.GetByRole(AriaRole.Link, new() { Name = words }).First.ClickAsync();
}

internal static class IncidentStates
{
    public static async Task<Incident> State(this AppFixture app, Guid incident) =>
        await app.Services.GetRequiredService<Log>().State<Incident>(AppFixture.Facility, incident.ToString(), CancellationToken.None);
}
