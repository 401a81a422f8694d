using Handoff.Browser.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Feeds;

public sealed class FeedSetUpTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    [Theory]
    [InlineData("/adt/feeds")]
    [InlineData("/adt/feeds/try")]
    public async Task Who_is_no_manager_does_not_set_up_feeds(string path)
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", "/units/3-east/rounds");
        (await page.GotoAsync(app.Address + path))!.Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_feed_is_set_up_part_by_part_and_a_pasted_message_shows_what_it_would_do()
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1000, Height = 1200 },
            }
        );
        var page = await app.SignIn(context, "manager", "/adt/feeds");
        await Press(page, "Set up");
        await Expect(page.Locator("#application-error")).ToContainTextAsync("MSH-3");
        await page.FillAsync("#application", "EPIC");
        await page.FillAsync("#facility", "CEDAR");
        await Press(page, "Set up");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Feed EPIC/CEDAR");

        await page.FillAsync("#authorities", "1.2.3 is NORTH");
        await Press(page, "Save numbers and authorities");
        await Expect(page.Locator("#authorities-error")).ToContainTextAsync("1.2.3 is NORTH");
        await page.FillAsync("#authorities", "1.2.3 = NORTH");
        await Press(page, "Save numbers and authorities");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Numbers and authorities saved");

        await page.FillAsync("#places", "BHU3 = 9-nowhere");
        await Press(page, "Save places and classes");
        await Expect(page.Locator("#places-error")).ToContainTextAsync("unit that is not here");
        await page.FillAsync("#places", "BHU3 = 3-east");
        await Press(page, "Save places and classes");
        await page.SelectOptionAsync("#rule-A05", "Hold");
        await Press(page, "Save events");
        await Expect(page.Locator("#rule-A05")).ToHaveValueAsync("Hold");
        await page.FillAsync("#zone", "Mars");
        await Press(page, "Save clock");
        await Expect(page.Locator("#zone-error")).ToContainTextAsync("not known");
        await page.FillAsync("#zone", "America/Chicago");
        await Press(page, "Save clock");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Clock saved");

        await page.GotoAsync(app.Address + "/adt/feeds/try");
        await page.FillAsync("#text", Message("A01"));
        await Press(page, "Try");
        await Expect(page.Locator(".tried")).ToContainTextAsync("Testova, Ana · T1 · visit VT1");
        await Expect(page.Locator(".would")).ToContainTextAsync("Admitted to 3-east");
        await page.FillAsync("#text", Message("A05"));
        await Press(page, "Try");
        await Expect(page.Locator(".tried")).ToContainTextAsync("Would be held");
        await page.GotoAsync(app.Address + "/adt/feeds");
        await Expect(page.Locator(".held", new() { HasText = "EPIC/CEDAR" })).ToContainTextAsync("1 own rules");
    }

    [Fact]
    public async Task The_feeds_pages_keep_the_rules_of_every_page()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "manager", "/adt/feeds");
        await page.FillAsync("#application", "LAB");
        await Press(page, "Set up");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Feed LAB");
        var one = new Uri(page.Url).AbsolutePath;
        (await app.Broken(chrome.Browser, "manager", "/adt/feeds", "feeds")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "manager", one, "feed")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "manager", "/adt/feeds/try", "try-feed")).ShouldBeEmpty();
    }

    private static Task Press(IPage page, string words) =>
        page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).ClickAsync();

    private static string Message(string trigger)
    {
        var now = DateTime.UtcNow.ToString("yyyyMMddHHmmss") + "+0000";
        return string.Join(
            '\n',
            $@"MSH|^~\&|EPIC|CEDAR|HANDOFF|NORTH|{now}||ADT^{trigger}|T1|P|2.5.1",
            $"EVN|{trigger}|{now}",
            "PID|1||T1^^^NORTH^MR||Testova^Ana||19840229|F",
            "PV1|1|I|BHU3^301^A||||||||||||||||VT1"
        );
    }
}
