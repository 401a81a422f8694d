using Handoff.Browser.Tests.Support;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Web.Layout;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Boards;

public sealed class BoardPastTests(BoardFixture app, Chrome chrome) : IClassFixture<BoardFixture>, IClassFixture<Chrome>
{
    private static readonly UnitTime Chicago = UnitTime.In("America/Chicago");

    [Fact]
    public async Task A_past_board_shows_what_had_been_recorded_by_then_and_stands_still()
    {
        await using var context = await chrome.Browser.Screen(app);
        var before = DateTimeOffset.UtcNow;
        await app.Record(new RecordCheck("Chapel", IsAsleep: false) { Key = BoardFixture.Stay(BoardFixture.North, "406A").ToString() });
        var page = await app.SignIn(context, "charge", Paths.BoardAt(BoardFixture.North, before.AddMinutes(-2)));

        await Expect(page.Locator("h1")).ToContainTextAsync($"As it stood {Chicago.DayAndClock(before.AddMinutes(-2))}");
        await Expect(page.Locator("h1")).ToContainTextAsync("with what had been recorded by then");
        await Expect(Card(page, "406A")).Not.ToContainTextAsync("Chapel");
        await Expect(page.Locator("[data-controller~=clock], [data-controller~=live], .card-act")).ToHaveCountAsync(0);
        var seen = Card(page, "402B").Locator("time");
        var ago = before.AddMinutes(-2) - DateTimeOffset.Parse((await seen.GetAttributeAsync("datetime"))!);
        await Expect(seen).ToHaveTextAsync($"{(int)ago.TotalMinutes} min ago");
    }

    [Fact]
    public async Task Steps_lead_earlier_and_later_and_back_to_now()
    {
        await using var context = await chrome.Browser.Screen(app);
        var at = DateTimeOffset.UtcNow.AddHours(-2);
        var page = await app.SignIn(context, "charge", Paths.BoardAt(BoardFixture.North, at));
        await page.GetByRole(AriaRole.Link, new() { Name = "−1 h" }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync(Chicago.Clock(at.AddHours(-1)));
        await page.GetByRole(AriaRole.Link, new() { Name = "+15 min" }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync(Chicago.Clock(at.AddMinutes(-45)));
        await page.GetByRole(AriaRole.Link, new() { Name = "Now" }).ClickAsync();
        await page.WaitForSelectorAsync("[data-connection=live]");
        await page.GetByRole(AriaRole.Link, new() { Name = "Look back" }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("As it stood");
    }

    [Fact]
    public async Task A_time_is_chosen_on_the_units_own_clock()
    {
        await using var context = await chrome.Browser.Screen(app);
        var at = DateTimeOffset.UtcNow.AddMinutes(-95);
        var page = await app.SignIn(context, "charge", Paths.BoardAgo(BoardFixture.North, 15));
        await page.GetByLabel("Day", new() { Exact = true }).FillAsync(Chicago.Local(at).ToString("yyyy-MM-dd"));
        await page.GetByLabel("Time", new() { Exact = true }).FillAsync(Chicago.Clock(at).Replace(":", ""));
        await page.Locator(".as-of-when").GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync($"As it stood {Chicago.DayAndClock(at)}");
    }

    [Fact]
    public async Task Before_the_unit_was_opened_there_is_no_board()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", Paths.Board(BoardFixture.North) + "?at=2001-01-01T12:00");
        await Expect(page.GetByText("4 North was not open then")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("at=yesterday", "Give a day and a 24-hour time, such as 14:30.")]
    [InlineData("at=0001-01-01T00:00", "Give a day and a 24-hour time, such as 14:30.")]
    [InlineData("day=&clock=", "Give a day and a 24-hour time, such as 14:30.")]
    [InlineData("day=2026-02-30&clock=14:30", "Give a day and a 24-hour time, such as 14:30.")]
    [InlineData("day=2026-11-01&clock=25:00", "Give a day and a 24-hour time, such as 14:30.")]
    [InlineData("at=2999-01-01T00:00:00Z", "That time has not come yet. Choose an earlier one.")]
    public async Task A_time_that_cannot_be_shown_is_refused_in_words(string query, string words)
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge");
        var answer = await page.GotoAsync($"{app.Address}{Paths.Board(BoardFixture.North)}?{query}");
        answer!.Status.ShouldBe(400);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
    }

    private static ILocator Card(IPage page, string bed) => page.Locator($"[data-card][data-bed='{bed}']");
}
