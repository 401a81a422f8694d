using Handoff.Browser.Tests.Support;
using Handoff.Domain.Observations;
using Handoff.Web.Layout;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Meetings;

public sealed class MeetingTests(MeetingFixture app, Chrome chrome) : IClassFixture<MeetingFixture>, IClassFixture<Chrome>
{
    [Fact]
    public async Task The_team_goes_through_its_patients_and_what_it_decides_is_somebodys_task()
    {
        await using var room = await chrome.Browser.Screen(app, width: 1920, height: 1080);
        var page = await app.SignIn(room, "prescriber", Paths.Meeting(MeetingFixture.Unit));
        await Expect(page.Locator(".agenda-line").First).ToContainTextAsync("Reyes");
        await page.GetByLabel("Who attends").FillAsync("Dr. Leila Haddad, Grace Lindqvist");
        await Press(page, "Open the meeting");
        await page.GetByRole(AriaRole.Link, new() { Name = "Begin with" }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Reyes, Dolores");
        await Expect(page.Locator(".meeting-since")).ToContainTextAsync("poor or declined meals");
        await Expect(page.Locator(".meeting-decided")).ToContainTextAsync("Ask the sister whether she can visit");

        await using var floor = await chrome.Browser.Screen(app, width: 390, height: 844);
        var phone = await app.SignIn(floor, "nurse", Paths.Tasks(MeetingFixture.Unit));
        await phone.IsLive();
        await Decide(page, "Offer breakfast in her room");
        await Expect(page.Locator("[aria-label=Today] .decision")).ToContainTextAsync("Offer breakfast in her room");
        await Expect(phone.Locator(".task", new() { HasText = "Offer breakfast in her room" })).ToBeVisibleAsync();
        await Expect(page.Locator("[aria-label=Today] .decision")).ToContainTextAsync("open");
        await phone
            .Locator(".task", new() { HasText = "Offer breakfast" })
            .GetByRole(AriaRole.Link, new() { Name = "Offer breakfast" })
            .First.ClickAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "Decided in the team meeting" }).ClickAsync();
        await Expect(phone.Locator(".told[data-target]")).ToContainTextAsync("Offer breakfast in her room");

        for (var i = 0; i < 5; i++)
        {
            var who = await page.Locator("h1").InnerTextAsync();
            await Press(page, "Reviewed");
            await Expect(page.Locator("h1")).Not.ToHaveTextAsync(who); // The address changes before the page does.
        }

        await Expect(page.Locator(".agenda-head")).ToContainTextAsync("5 of 5 patients reviewed");
        await Press(page, "Close the meeting");
        await Expect(page.Locator(".agenda-head")).ToContainTextAsync("was closed");
        await Press(page, "Open it again");
        await Expect(page.Locator(".agenda-head")).ToContainTextAsync("Grace Lindqvist");
    }

    [Fact]
    public async Task Arrow_keys_go_from_patient_to_patient_but_not_while_somebody_types()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await Opened(context, "charge", MeetingFixture.Brook, "bed");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("h1")).ToContainTextAsync("Wolfeschlegel");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("h1")).ToContainTextAsync("Brook");
        await page.Locator("#words").FillAsync("Half a thought");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("h1")).ToContainTextAsync("Brook");
    }

    [Fact]
    public async Task What_others_decide_and_what_happens_meanwhile_shows_by_itself_and_the_words_being_typed_stay()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await Opened(context, "prescriber", MeetingFixture.Diaz);
        await page.IsLive();
        await page.Locator("#words").FillAsync("Half a thought");
        await page.EvaluateAsync("document.activeElement.blur()");
        await using var other = await chrome.Browser.Screen(app);
        var desk = await Opened(other, "clinician", MeetingFixture.Diaz);
        await Decide(desk, "Call the brother");
        await Expect(page.Locator("[aria-label=Today]")).ToContainTextAsync("Call the brother");
        var upTo = await page.Locator("[name=upTo]").InputValueAsync();
        await app.Record(
            new RecordCheck("Day room", false, Activity: Activity.Tearful, Remark: "Heard from home")
            {
                Key = MeetingFixture.Diaz.ToString(),
            }
        );
        await Expect(page.Locator(".meeting-since")).ToContainTextAsync("tearful at");
        long.Parse(await page.Locator("[name=upTo]").InputValueAsync()).ShouldBeGreaterThan(long.Parse(upTo));
        await Expect(page.Locator("#words")).ToHaveValueAsync("Half a thought");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_decision_that_is_refused_keeps_its_words_and_one_is_taken_back(bool hasScript)
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 820, Height = 1180 },
            }
        );
        var page = await Opened(context, "charge", MeetingFixture.Konstantinos);
        var words = $"Ask the family about the medication at home ({hasScript})";
        await page.Locator("#words").FillAsync(words);
        await page.SelectOptionAsync("#owner", new SelectOptionValue { Label = "Any nurse" });
        await page.GetByText("Another time").ClickAsync();
        await page.Locator("#dueAt").FillAsync("8:15");
        await page.Locator("#dueDay").FillAsync("2020-01-01");
        await Press(page, "Record decision");
        await Expect(page.Locator(".errors")).ToContainTextAsync("already passed");
        await Expect(page.Locator("#words")).ToHaveValueAsync(words);
        await page.Locator("#dueDay").FillAsync(DateTime.UtcNow.AddDays(3).ToString("yyyy-MM-dd"));
        await Press(page, "Record decision");
        var decision = page.Locator("[aria-label=Today] .decision", new() { HasText = words });
        await Expect(decision).ToBeVisibleAsync();
        await decision.Locator("summary").ClickAsync();
        await decision.GetByLabel("Why").FillAsync("They came already");
        await decision.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Expect(decision).ToContainTextAsync("They came already");
        await Expect(decision.Locator("summary")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_only_reads_is_offered_neither_review_nor_decision()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "auditor", Paths.Meeting(MeetingFixture.Unit, MeetingFixture.Reyes, null, null));
        await Expect(page.Locator("h1")).ToContainTextAsync("Reyes");
        await Expect(page.Locator("#words, #review-form")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_patients_page_and_the_menu_lead_to_the_meeting()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", Paths.Stay(MeetingFixture.Quiet.ToString()));
        await page.Locator(".story").GetByRole(AriaRole.Link, new() { Name = "Team meeting" }).ClickAsync();
        await Expect(page.Locator(".meeting-who")).ToContainTextAsync("Okoye");
        await page.Locator(".viewer summary").ClickAsync();
        await page.Locator(".menu-list").GetByRole(AriaRole.Link, new() { Name = "Team meeting" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Team meeting");
    }

    // Whoever comes first opens the meeting; with the last patient's page it is asked for on the page itself.
    private async Task<IPage> Opened(IBrowserContext context, string account, Guid stay, string? order = null)
    {
        var page = await app.SignIn(context, account, Paths.Meeting(MeetingFixture.Unit, stay, order, null));
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        if (await page.GetByRole(AriaRole.Button, new() { Name = "Open the meeting" }).CountAsync() > 0)
        {
            await Press(page, "Open the meeting");
            await Expect(page.Locator("#words")).ToBeVisibleAsync();
        }

        return page;
    }

    private static async Task Decide(IPage page, string words)
    {
        await page.Locator("#words").FillAsync(words);
        await page.SelectOptionAsync("#owner", new SelectOptionValue { Label = "Any nurse" });
        await Press(page, "Record decision");
        await Expect(page.Locator("[aria-label=Today]")).ToContainTextAsync(words);
    }

    private static Task Press(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name }).First.ClickAsync();
}
