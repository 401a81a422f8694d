using System.Text.RegularExpressions;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Web.Layout;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Boards;

public sealed class BoardLiveTests(BoardFixture app, Chrome chrome) : IClassFixture<BoardFixture>, IClassFixture<Chrome>
{
    [Fact]
    public async Task A_check_recorded_through_the_API_moves_the_card_on_a_board_that_is_open()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await Board(context, BoardFixture.North);
        var card = Card(page, "402B");
        await Expect(card).ToContainTextAsync("overdue");
        var overdue = int.Parse(await page.InnerTextAsync("[data-count=overdue] [data-number]"));
        await page.EvaluateAsync("window.isTheSamePage = true");

        var answer = await context.APIRequest.PostAsync(
            $"{app.Address}/api/rounding/{BoardFixture.Stay(BoardFixture.North, "402B")}/record-check",
            new()
            {
                Headers = new Dictionary<string, string> { ["X-Api-Key"] = AppFixture.Key },
                DataObject = new { place = "Courtyard", isAsleep = false },
            }
        );
        answer.Status.ShouldBe(200, await answer.TextAsync());

        await Expect(card).ToContainTextAsync("Courtyard · awake · just now");
        await Expect(card).Not.ToContainTextAsync("overdue");
        await Expect(page.Locator("[data-count=overdue] [data-number]")).ToHaveTextAsync($"{overdue - 1}");
        (
            await page.EvaluateAsync<int>("[...document.querySelectorAll('[data-card]')].findIndex(card => card.dataset.bed === '402B')")
        ).ShouldBeGreaterThan(overdue - 1);
        (await page.EvaluateAsync<bool>("window.isTheSamePage === true")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_check_of_the_wrong_patient_that_is_struck_on_one_screen_shows_the_gap_again_on_the_other()
    {
        var stay = BoardFixture.Stay(BoardFixture.North, "403A");
        await using var desk = await chrome.Browser.Screen(app);
        await using var phone = await chrome.Browser.Screen(app, "dark", 390, 844);
        var board = await Board(desk, BoardFixture.North);
        var card = Card(board, "403A");
        var before = await card.InnerTextAsync();
        var page = await app.SignIn(phone, "tech", $"{Paths.Rounds(BoardFixture.North)}?open={stay}");
        await page.IsLive();
        var row = page.Locator($"[data-round='{stay}']");
        await row.Locator("input[name=place]").First.CheckAsync(new() { Force = true });
        await row.Locator("input[name=how]").First.ClickAsync(new() { Force = true });
        await Expect(card).ToContainTextAsync("just now");

        await page.GotoAsync($"{app.Address}/stays/{stay}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Entered in error" }).First.ClickAsync();
        await page.Locator("#reason").FillAsync("It was the patient in the other bed");
        await page.Keep("struck-phone.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "Strike the check" }).ClickAsync();
        await Expect(card).Not.ToContainTextAsync("just now");
        WithoutNumbers(await card.InnerTextAsync())
            .ShouldBe(WithoutNumbers(before), "the card says again what it said before, some seconds later");
        await board.Keep("struck-board.png");
    }

    private static string WithoutNumbers(string words) => string.Join("", words.Where(c => !char.IsDigit(c)));

    [Fact]
    public async Task A_patient_becomes_overdue_by_the_pages_own_clock()
    {
        await app.Record(
            new RecordCheck("Room", IsAsleep: false, At: DateTimeOffset.UtcNow.AddSeconds(-52))
            {
                Key = BoardFixture.Stay(BoardFixture.Quick, "1").ToString(),
            }
        );
        await using var context = await chrome.Browser.Screen(app);
        var page = await Board(context, BoardFixture.Quick);
        await Expect(Card(page, "1")).ToContainTextAsync("last minute");
        await Expect(page.Locator("[data-count=overdue]")).ToBeHiddenAsync();

        await Expect(Card(page, "1")).ToContainTextAsync("overdue now", new() { Timeout = 20_000 });
        await Expect(page.Locator("[data-count=overdue]")).ToHaveTextAsync("1 overdue");
        await Expect(page.Locator("[data-announce]")).ToHaveTextAsync("1 overdue");
        await Expect(Card(page, "1").GetByRole(AriaRole.Link, new() { Name = "Record check" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_comes_is_put_in_order_and_who_leaves_is_taken_away()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await Board(context, BoardFixture.South);
        await Expect(page.GetByText("Nobody is on 5 South")).ToBeVisibleAsync();
        foreach (var bed in new[] { "10", "2" })
        {
            await app.Record(
                new Admit($"S-{bed}", "Sánchez", "Zoë", BoardFixture.South, bed)
                {
                    Key = BoardFixture.Stay(BoardFixture.South, bed).ToString(),
                }
            );
        }

        await Expect(page.Locator("[data-card]")).ToHaveCountAsync(2);
        await Expect(page.GetByText("Nobody is on 5 South")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-free-bed]:visible")).ToHaveTextAsync(["1"]);
        await Expect(page.Locator(".card-bed")).ToHaveTextAsync(["2", "10"]);
        await Expect(page.Locator(".census")).ToHaveTextAsync("2 of 3 beds");

        await app.Record(new Discharge { Key = BoardFixture.Stay(BoardFixture.South, "10").ToString() });
        await Expect(page.Locator(".card-bed")).ToHaveTextAsync(["2"]);
        await Expect(page.Locator("[data-free-bed]:visible")).ToHaveTextAsync(["1", "10"]);
        await app.Record(new Discharge { Key = BoardFixture.Stay(BoardFixture.South, "2").ToString() });
        await Expect(page.GetByText("Nobody is on 5 South")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_has_left_does_not_come_back_with_a_card_that_was_written_before()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await Board(context, BoardFixture.East);
        var card = Card(page, "801");
        await Expect(card).ToBeVisibleAsync();
        const string Hear = """
            (card, version) => {
              const [stay, html] = [card.dataset.card, card.outerHTML];
              const hear = detail => document.dispatchEvent(new CustomEvent('handoff:card', { detail: { stay, ...detail } }));
              hear({ version: 1e12, isGone: true });
              hear({ version: 1e12 - 1, html });
            }
            """;
        var shown = await page.Locator("[data-card]").CountAsync();
        await card.EvaluateAsync(Hear);
        await Expect(page.Locator("[data-card]")).ToHaveCountAsync(shown - 1);
    }

    [Fact]
    public async Task A_board_that_was_read_before_somebody_came_does_not_take_them_away()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await Board(context, BoardFixture.East);
        await Expect(Card(page, "801")).ToBeVisibleAsync();
        var shown = await page.Locator("[data-card]").CountAsync();
        const string Hear = "position => document.dispatchEvent(new CustomEvent('handoff:board', { detail: { position, cards: [] } }))";

        await page.EvaluateAsync(Hear, 1);
        await Expect(page.Locator("[data-card]")).ToHaveCountAsync(shown);
        await page.EvaluateAsync(Hear, int.MaxValue);
        await Expect(page.Locator("[data-card]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_card_under_the_cursor_waits_and_says_that_it_changed()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await Board(context, BoardFixture.North);
        var card = Card(page, "403B");
        await card.Locator(".card-name").FocusAsync();
        await app.Record(new RecordCheck("Quiet room", IsAsleep: false) { Key = BoardFixture.Stay(BoardFixture.North, "403B").ToString() });

        await Expect(card).ToHaveAttributeAsync("data-stale", "changed");
        (await card.InnerTextAsync()).ShouldNotContain("Quiet room");
        await Expect(card.Locator(".card-name")).ToBeFocusedAsync();

        await page.Locator("main").FocusAsync();
        await Expect(card).ToContainTextAsync("Quiet room");
    }

    [Fact]
    public async Task After_a_restart_every_page_has_the_whole_truth()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await Board(context, BoardFixture.East);
        var gone = BoardFixture.Stay(BoardFixture.East, "805");
        var (rounds, patient) = (await context.NewPageAsync(), await context.NewPageAsync());
        await rounds.GotoAsync(app.Address + Paths.Rounds(BoardFixture.East));
        await patient.GotoAsync(app.Address + Paths.Stay(gone.ToString()));
        await rounds.IsLive();
        await patient.IsLive();
        await Expect(rounds.Locator($"#round-{gone}")).ToBeVisibleAsync();
        await app.Stop();
        await Expect(page.GetByText("Nothing on this page has changed since")).ToBeVisibleAsync();
        await Expect(page.Locator(".live-off")).ToContainTextAsync("no connection since");

        await app.Start(unheard: async () =>
        {
            await app.Record(new RecordCheck("Chapel", IsAsleep: false) { Key = BoardFixture.Stay(BoardFixture.East, "803").ToString() });
            await app.Record(new Discharge { Key = gone.ToString() });
        });

        await Expect(Card(page, "803")).ToContainTextAsync("Chapel", new() { Timeout = 30_000 });
        await Expect(Card(page, "805")).ToHaveCountAsync(0);
        await Expect(rounds.Locator($"#round-{gone}")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        await Expect(patient.GetByRole(AriaRole.Button, new() { Name = "Cancel the discharge" }))
            .ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.GetByText("Nothing on this page has changed since")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_filter_shows_some_until_the_next_visit_and_an_order_is_kept()
    {
        // However long ago the board was filled: both were just seen.
        foreach (var bed in (string[])["401A", "406B"])
        {
            await app.Record(new RecordCheck("Day room", IsAsleep: false) { Key = BoardFixture.Stay(BoardFixture.North, bed).ToString() });
        }

        await using var context = await chrome.Browser.Screen(app);
        var page = await Board(context, BoardFixture.North);
        await page.GetByLabel("1:1, LOS").CheckAsync();
        await Expect(page.Locator("[data-card]:visible .card-level"))
            .ToHaveTextAsync(["level 1:1", "level LOS"], new() { IgnoreCase = true });
        await page.GetByLabel("Bed", new() { Exact = true }).CheckAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("[data-card]:visible")).ToHaveCountAsync(24);
        (await page.Locator(".card-bed").AllInnerTextsAsync()).Take(4).ShouldBe(["401A", "401B", "402A", "402B"]);
    }

    [Fact]
    public async Task A_card_leads_to_its_patient_and_to_their_round()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await Board(context, BoardFixture.North);
        var stay = BoardFixture.Stay(BoardFixture.North, "407A");
        await Expect(Card(page, "407A").Locator(".card-name")).ToHaveAttributeAsync("href", $"/stays/{stay}");
        await Expect(Card(page, "407A").Locator(".card-act"))
            .ToHaveAttributeAsync("href", $"/units/4-north/rounds?open={stay}#round-{stay}");
    }

    [Fact]
    public async Task No_card_is_fetched_the_server_sends_it_as_it_is_to_stand_there()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await Board(context, BoardFixture.North);
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await app.Record(new RecordCheck("Laundry", IsAsleep: false) { Key = BoardFixture.Stay(BoardFixture.North, "409B").ToString() });
        await Expect(Card(page, "409B")).ToContainTextAsync("Laundry", new() { Timeout = 20_000 });
        await Expect(Card(page, "409B").Locator(".card-act")).ToHaveCountAsync(1);
        asked.ShouldNotContain(url => url.Contains("/board", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wall_says_that_it_lost_the_line_and_comes_back_with_the_new_version()
    {
        await using var context = await chrome.Browser.Screen(app, "dark", 1920, 1080);
        var page = await app.SignIn(context, "display", Paths.Wall(BoardFixture.North));
        await page.IsLive();
        await page.EvaluateAsync("window.isTheOldVersion = true");
        await app.Stop();
        await Expect(page.GetByText("Nothing on this page has changed since")).ToBeVisibleAsync();
        await page.Keep("wall-lost-dark-1920.png");
        await page.RouteAsync(
            "**/wall",
            async route =>
            {
                var answer = await route.FetchAsync();
                await route.FulfillAsync(
                    new() { Response = answer, Body = (await answer.TextAsync()).Replace("handoff.js?v=", "handoff.js?v=new") }
                );
            }
        );
        await app.Start();

        await Expect(page.Locator("script[type=module]"))
            .ToHaveAttributeAsync("src", new Regex("v=new", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = 30_000 });
        await page.IsLive();
        (await page.EvaluateAsync<bool>("window.isTheOldVersion === true")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_overview_follows_by_itself()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", Paths.Overview);
        await Expect(page.Locator("#unit-7-quick")).ToContainTextAsync("1 of 2 beds");
        await app.Record(
            new Admit("Q-2", "Quick", "Quincy", BoardFixture.Quick, "2") { Key = BoardFixture.Stay(BoardFixture.Quick, "2").ToString() }
        );
        await Expect(page.Locator("#unit-7-quick")).ToContainTextAsync("2 of 2 beds", new() { Timeout = 40_000 });
    }

    private async Task<IPage> Board(IBrowserContext context, string unit)
    {
        var page = await app.SignIn(context, "charge", Paths.Board(unit));
        await page.IsLive();
        return page;
    }

    private static ILocator Card(IPage page, string bed) => page.Locator($"[data-card][data-bed='{bed}']");
}
