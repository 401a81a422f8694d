using Handoff.Api.Timeline;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Timeline;
using Handoff.Web.Layout;
using Handoff.Web.Timeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Timeline;

public sealed class TimelineTests(TimelineFixture app, Chrome chrome) : IClassFixture<TimelineFixture>, IClassFixture<Chrome>
{
    private static readonly string Url = Paths.Stay(TimelineFixture.Stay, "timeline");

    [Theory]
    [InlineData("", "timeline")]
    [InlineData("?q=asked&severity=", "timeline-search")]
    public async Task The_timeline_keeps_the_rules_of_every_page(string query, string name) =>
        (await app.Broken(chrome.Browser, "nurse", Url + query, name)).ShouldBeEmpty();

    [Theory]
    [InlineData(7)]
    [InlineData(1)]
    public async Task The_lanes_keep_the_rules_of_every_page(int days) =>
        (await app.Broken(chrome.Browser, "nurse", Paths.Lanes(TimelineFixture.Stay, days), $"lanes-{days}")).ShouldBeEmpty();

    [Fact]
    public async Task A_mark_of_a_lane_leads_to_its_event_by_keyboard_and_from_the_table()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", Paths.Lanes(TimelineFixture.Stay, null));
        await page.Locator(".lane-table summary").First.ClickAsync();
        await Expect(page.Locator(".lane-table").First.Locator("tbody tr"))
            .ToHaveCountAsync(await page.Locator(".lanes-svg a[aria-label^=Observation]").CountAsync());
        await page.Locator(".lanes-svg a[aria-label*=': 1:1']").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".told[data-target]")).ToContainTextAsync("Tied a sheet");
    }

    [Fact]
    public async Task A_mark_and_its_entry_show_each_other_and_nothing_moves()
    {
        await app.Record(new RecordMeal(Meal.Snack, 30, Remark: "Half an apple") { Key = TimelineFixture.Stay.ToString() });
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", Url);
        await page.IsLive();
        var mark = page.Locator("[data-lanes] a[aria-label*='snack 30 %' i]").First;
        var entry = page.Locator($"[id='{await mark.GetAttributeAsync("data-entry")}']");
        var before = await entry.BoundingBoxAsync();
        await mark.Locator("circle").HoverAsync();
        await Expect(entry).ToHaveAttributeAsync("data-marked", "");
        await Expect(page.Locator("[data-timeline-target=part] [data-marked]")).ToHaveCountAsync(1);
        await entry.Locator(".told-by").First.HoverAsync();
        await Expect(mark).ToHaveAttributeAsync("data-marked", "");
        await Expect(page.Locator(".lanes-cursor")).ToHaveCountAsync(1);
        (await entry.BoundingBoxAsync())!.Height.ShouldBe(before!.Height);
        await page.Locator("h1").HoverAsync();
        await Expect(page.Locator("[data-marked], .lanes-cursor")).ToHaveCountAsync(0);
        await mark.FocusAsync();
        await Expect(entry).ToHaveAttributeAsync("data-marked", "");
        await page.Keyboard.PressAsync("Enter");
        await Expect(entry.Locator("a").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_lanes_above_the_list_go_on_by_themselves()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", Url);
        await page.IsLive();
        await app.Record(new RecordMeal(Meal.Snack, 60, Remark: "A pear") { Key = TimelineFixture.Stay.ToString() });
        await Expect(page.Locator("[data-lanes] a[aria-label*='snack 60 %' i]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_page_as_it_stood_keeps_the_rules_of_every_page() =>
        (
            await app.Broken(chrome.Browser, "nurse", Paths.StayAt(TimelineFixture.Stay, DateTimeOffset.UtcNow.AddHours(-7)), "stay-past")
        ).ShouldBeEmpty();

    [Fact]
    public async Task Pinning_keeps_the_rules_of_every_page() =>
        (await app.Broken(chrome.Browser, "nurse", $"{Url}/pin?entry={(await Old()).Id}", "timeline-pin")).ShouldBeEmpty();

    [Fact]
    public async Task What_is_recorded_elsewhere_appears_on_top_and_an_open_run_stays_open()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", Url);
        await page.WaitForSelectorAsync("[data-connection=live]");
        await page.EvaluateAsync("window.same = true");
        var run = page.Locator(".told-calm").Nth(1);
        await run.Locator("summary").ClickAsync();
        await page.EvaluateAsync("document.activeElement.blur()");
        var id = await run.GetAttributeAsync("id");

        await using var elsewhere = await chrome.Browser.Screen(app, width: 390);
        var phone = await app.SignIn(elsewhere, "tech", Paths.RoundsAt(TimelineFixture.Unit, TimelineFixture.Stay.ToString()));
        await Expect(phone.Locator("h1")).ToBeVisibleAsync();
        await app.Record(new RecordCheck("Chapel", false, Remark: "Sang quietly") { Key = TimelineFixture.Stay.ToString() });
        await Expect(page.Locator(".story-day").First.Locator("li").First).ToContainTextAsync("Sang quietly");
        await Expect(page.Locator($"[id='{id}']")).ToHaveAttributeAsync("open", "");
        (await page.EvaluateAsync<bool>("window.same")).ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_moves_under_the_cursor()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", Url);
        await page.WaitForSelectorAsync("[data-connection=live]");
        await page.Locator(".told-calm summary").First.FocusAsync();
        await app.Record(new RecordCheck("Library", false, Remark: "Chose a book") { Key = TimelineFixture.Stay.ToString() });
        await Expect(page.GetByText("Something was recorded since")).ToBeVisibleAsync();
        await Expect(page.Locator(".story")).Not.ToContainTextAsync("Chose a book");
        await page.EvaluateAsync("document.activeElement.blur()");
        await Expect(page.Locator(".story")).ToContainTextAsync("Chose a book");
    }

    [Fact]
    public async Task Older_entries_come_in_as_one_scrolls_each_of_them_once()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", Url);
        for (var i = 0; i < 1200 && await page.GetByText("Admitted to").CountAsync() == 0; i++)
        {
            await page.Mouse.WheelAsync(0, 20_000);
            await page.WaitForTimeoutAsync(100);
        }

        await Expect(page.GetByText("Admitted to")).ToBeVisibleAsync();
        var ids = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('div.told[id]')].map(entry => entry.id)");
        ids.ShouldBe((await History()).Entries.Select(e => e.Id.ToString()), ignoreOrder: true);
        await app.Record(new RecordCheck("Garden", false, Remark: "Watered the plants") { Key = TimelineFixture.Stay.ToString() });
        await Expect(page.Locator(".story")).ToContainTextAsync("Watered the plants");
        (await page.Locator("div.told[id]").CountAsync()).ShouldBe((await History()).Entries.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_to_an_old_entry_opens_where_it_is(bool hasScript)
    {
        await using var context = await chrome.Browser.NewContextAsync(new() { JavaScriptEnabled = hasScript });
        var old = await Old();
        var page = await app.SignIn(context, "nurse", TimelineLink.To(TimelineFixture.Stay, old.Id));
        await Expect(page.Locator($"[id='{old.Id}']")).ToBeInViewportAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Later", Exact = true }).ClickAsync();
        await Expect(page.Locator($"[id='{old.Id}']")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_the_same_over_and_over_is_one_line_that_opens_to_each_and_a_search_and_paper_show_them_all()
    {
        await app.Record(new SkipCheck("Behind the curtain") { Key = TimelineFixture.Stay.ToString() });
        await app.Record(new SkipCheck("Behind the curtain again") { Key = TimelineFixture.Stay.ToString() });
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", Url);
        var repeated = page.Locator("details[data-repeated]", new() { HasText = "rounds on which the patient was not seen" }).First;
        await Expect(repeated.Locator("summary")).ToContainTextAsync("the last at");
        await Expect(repeated.GetByText("Behind the curtain again")).ToBeHiddenAsync();
        await page.Keep("timeline-quiet-1440.png");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await repeated.GetByText("Behind the curtain again").BoundingBoxAsync())!.Height.ShouldBeGreaterThan(0);
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await repeated.Locator("summary").ClickAsync();
        await Expect(repeated.GetByText("Behind the curtain again")).ToBeVisibleAsync();
        await page.GotoAsync($"{app.Address}{Url}?q=curtain");
        await Expect(page.Locator("[data-timeline-target=part] .story-day > li")).ToHaveCountAsync(2);
        await Expect(page.Locator("details[data-repeated]")).ToHaveCountAsync(0);
        foreach (var width in new[] { 390, 820 })
        {
            await page.SetViewportSizeAsync(width, 1000);
            await page.GotoAsync(app.Address + Url);
            await page.Keep($"timeline-quiet-{width}.png");
        }
    }

    [Fact]
    public async Task A_bare_anchor_of_an_old_entry_leads_to_its_page()
    {
        await using var context = await chrome.Browser.Screen(app);
        var old = await Old();
        var page = await app.SignIn(context, "nurse", $"{Url}#{old.Id}");
        await Expect(page.Locator($"[id='{old.Id}']")).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_entry_is_found_pinned_and_unpinned(bool hasScript)
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 820, Height = 1100 },
            }
        );
        var page = await app.SignIn(context, "nurse", Url);
        await page.Locator(".filter summary").ClickAsync();
        await page.GetByLabel("Words").FillAsync("tied SHEET");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByText("1 entry of")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Pin this entry" }).ClickAsync();
        await page.GetByLabel("Why").FillAsync("For the meeting <b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pin entry" }).ClickAsync();
        await Expect(page.Locator(".pinned")).ToContainTextAsync("For the meeting <b>");
        await Expect(page.Locator(".told[data-target]")).ToContainTextAsync("Tied a sheet");
        await page.Locator(".told[data-target]").GetByRole(AriaRole.Button, new() { Name = "Unpin" }).ClickAsync();
        await Expect(page.Locator(".pinned")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_slider_moves_by_keys_says_the_time_and_shows_the_page_as_it_stood()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", Paths.StayAt(TimelineFixture.Stay, DateTimeOffset.UtcNow.AddHours(-1)));
        var slider = page.GetByRole(AriaRole.Slider);
        var before = await slider.GetAttributeAsync("aria-valuetext");
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        (await slider.GetAttributeAsync("aria-valuetext")).ShouldNotBe(before);
        var said = await slider.GetAttributeAsync("aria-valuetext");
        await page.Locator("[data-controller=slider]").GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.Locator("h1").First).ToContainTextAsync($"As it stood {said}");
    }

    [Fact]
    public async Task The_patients_page_tells_the_last_day_and_leads_to_the_rest()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", Paths.Stay(TimelineFixture.Stay.ToString()));
        await Expect(page.Locator(".told-calm").First).ToContainTextAsync("longest gap 11 min");
        await page.GetByRole(AriaRole.Link, new() { Name = "Whole timeline" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Timeline", Exact = true })).ToBeVisibleAsync();
    }

    private Task<History> History() =>
        app.Services.GetRequiredService<Histories>().ForStay(AppFixture.Facility, TimelineFixture.Stay, CancellationToken.None);

    /// <summary>An entry of the patient's first day.</summary>
    private async Task<Entry> Old() => (await History()).Entries[^20];
}
