using Handoff.Browser.Tests.Support;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Status;

public sealed class StatusTests(StatusFixture app, Chrome chrome) : IClassFixture<StatusFixture>, IClassFixture<Chrome>
{
    [Fact]
    public async Task Who_may_not_keep_precautions_sees_no_form_and_is_turned_away()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "tech", $"/stays/{Bed("301")}");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Observe", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Precaution", Exact = true })).ToHaveCountAsync(0);
        foreach (var act in (string[])["precaution", "baseline/mood", $"precautions/{Guid.NewGuid()}/end"])
        {
            (await page.GotoAsync($"{app.Address}/stays/{Bed("301")}/{act}"))!.Status.ShouldBe(403);
        }

        (await page.GotoAsync($"{app.Address}/stays/{Bed("301")}/observe/vibe"))!.Status.ShouldBe(404);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_an_observation_is_three_taps(bool hasScript)
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var stay = Bed(hasScript ? "302" : "304");
        await app.Record(new SetBaseline(BehaviorDomain.Mood, 1) { Key = stay });
        var page = await app.SignIn(context, "tech", $"/stays/{stay}/observe/mood");
        await Tap(page, "hopeless");
        await Tap(page, "Severe");
        await Press(page, "Record observation");
        await Expect(page.Locator(".domain").First).ToContainTextAsync("hopeless, severe");
        await Expect(page.Locator(".domain").First).ToContainTextAsync("↓ worse, usually mild");
        await Expect(page.Locator(".story")).ToContainTextAsync("hopeless, severe (worse than usual)");
        await page.GotoAsync($"{app.Address}/units/3-east/board");
        await Expect(page.Locator($"#card-{stay} .off-usual")).ToContainTextAsync("mood ↓ worse");
    }

    [Fact]
    public async Task Who_asks_to_talk_is_on_the_board_and_on_their_page_until_somebody_has_given_them_time()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var (stay, watched) = (Bed("306"), await app.SignIn(context, "charge", "/units/3-east/board"));
        var mark = watched.Locator($"#card-{stay} .mark:visible", new() { HasText = "asks to talk since" });
        await Expect(mark).ToHaveCountAsync(0);
        await using var other = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(other, "tech", $"/stays/{stay}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Asks to talk" }).ClickAsync();
        await page.FillAsync("#words", "the visit on Sunday");
        await Press(page, "Record that they ask");
        await Expect(page.Locator(".story")).ToContainTextAsync("“the visit on Sunday”");
        await Expect(mark).ToBeVisibleAsync();

        await page.Locator(".patient-open").GetByRole(AriaRole.Link, new() { Name = "asks to talk since" }).ClickAsync();
        await Tap(page, "10 min");
        await Press(page, "Record it");
        await Expect(page.Locator(".story")).ToContainTextAsync("10 min one to one");
        await Expect(page.Locator(".patient-open")).ToHaveCountAsync(0);
        await Expect(mark).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_refused_form_keeps_what_was_typed_and_says_what_is_missing()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "nurse", $"/stays/{Bed("305")}/precaution");
        await page.EvaluateAsync("document.querySelectorAll('[required]').forEach(field => field.required = false)");
        await page.FillAsync("#reason", "Hid a spoon in a sleeve");
        await Tap(page, "Other");
        await Press(page, "Start precaution");
        await Expect(page.Locator("[data-controller=error-summary]")).ToContainTextAsync("Say which precaution it is.");
        await Expect(page.Locator("#reason")).ToHaveValueAsync("Hid a spoon in a sleeve");
        await Expect(page.Locator("input[value=Other]")).ToBeCheckedAsync();
        await page.FillAsync("#name", "Cutlery");
        await Press(page, "Start precaution");
        await Expect(page.Locator(".patient .precaution")).ToHaveTextAsync("Cutlery");
    }

    [Fact]
    public async Task What_was_typed_is_back_after_the_page_was_lost()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "tech", $"/stays/{Bed("308")}/observe/thought");
        await Tap(page, "racing");
        await page.Locator(".more summary").ClickAsync();
        await page.FillAsync("#quote", "They all read my mind");
        await page.WaitForTimeoutAsync(600);
        await page.ReloadAsync();
        await Expect(page.Locator("#quote")).ToHaveValueAsync("They all read my mind");
        await Expect(page.Locator("#quote")).ToBeVisibleAsync();
        await Expect(page.Locator("input[value=racing]")).ToBeCheckedAsync();
        await Tap(page, "Moderate");
        await Press(page, "Record observation");
        await Expect(page.Locator(".story")).ToContainTextAsync("“They all read my mind”");
    }

    [Fact]
    public async Task A_precaution_is_reviewed_and_ended()
    {
        var stay = Bed("306");
        await app.Record(new StartPrecaution(PrecautionKind.Fall, "Unsteady after the first dose") { Key = stay });
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", $"/stays/{stay}");
        await Press(page, "Still needed for Fall");
        await Expect(page.Locator(".story")).ToContainTextAsync("Precaution reviewed");
        await page.GetByRole(AriaRole.Link, new() { Name = "End of Fall" }).ClickAsync();
        await page.FillAsync("#reason", "Walks steadily");
        await Press(page, "End precaution");
        await Expect(page.Locator(".story")).ToContainTextAsync("Walks steadily");
        await Expect(page.Locator(".patient .precaution")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_meal_and_a_preference_are_recorded_and_an_entry_is_taken_back()
    {
        var stay = Bed("307");
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var page = await app.SignIn(context, "tech", $"/stays/{stay}/meal");
        await Tap(page, "Lunch");
        await Tap(page, "10 %");
        await Press(page, "Record meal");
        await Expect(page.Locator(".meals tbody")).ToContainTextAsync("10 %");
        await page.GotoAsync($"{app.Address}/stays/{stay}/preference");
        await Tap(page, "What calms");
        await page.FillAsync("#words", "Drumming on the table, with somebody");
        await Press(page, "Record preference");
        await Expect(page.Locator(".patient .preferences")).ToContainTextAsync("Drumming on the table");

        await page.Locator(".corrections summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Entered in error for Lunch: 10 %" }).ClickAsync();
        await page.FillAsync("#reason", "Another patient's tray");
        await Press(page, "Take it back");
        await Expect(page.Locator(".story s")).ToContainTextAsync("Lunch at");
        await Expect(page.Locator(".story")).ToContainTextAsync("Another patient's tray");
        await Expect(page.Locator(".meals")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("charge", "")]
    [InlineData("tech", "/observe/perception")]
    [InlineData("charge", "/baseline/mood")]
    [InlineData("tech", "/meal")]
    [InlineData("nurse", "/precaution")]
    [InlineData("tech", "/preference")]
    public async Task Pages_about_a_patients_status_keep_the_rules_of_every_page(string account, string path) =>
        (
            await app.Broken(chrome.Browser, account, $"/stays/{StatusFixture.Full}{path}", "status" + path.Replace('/', '-'))
        ).ShouldBeEmpty();

    [Fact]
    public async Task Ending_and_taking_back_keep_the_rules_of_every_page()
    {
        var stay = StatusFixture.Full;
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", $"/stays/{stay}");
        var ends = await page.Locator(".precaution-line a").First.GetAttributeAsync("href");
        var errs = await page.Locator(".corrections a").First.GetAttributeAsync("href");
        (await app.Broken(chrome.Browser, "charge", ends!, "status-end")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "charge", errs!, "status-error")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("light", 1440)]
    [InlineData("dark", 1440)]
    [InlineData("night", 390)]
    public async Task A_board_with_statuses_is_for_everybody(string theme, int width)
    {
        await using var context = await chrome.Browser.Screen(app, theme, width);
        var page = await app.SignIn(context, "charge", "/units/2-west/board");
        await Expect(page.Locator($"#card-{StatusFixture.Full} .precautions")).ToContainTextAsync("review overdue");
        await page.Keep($"status-board-{theme}-{width}.png");
        (await page.Violations()).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
    }

    private static string Bed(string bed) => NamedId.From("demo", "3-east", bed).ToString();

    private static Task Tap(IPage page, string words) => page.Locator(".chip", new() { HasText = words }).First.ClickAsync();

    private static Task Press(IPage page, string words) => page.GetByRole(AriaRole.Button, new() { Name = words }).ClickAsync();
}
