using System.Text;
using System.Text.RegularExpressions;
using Handoff.Browser.Tests.Support;
using Handoff.Web.Layout;
using Microsoft.Playwright;

namespace Handoff.Browser.Tests.Boards;

public sealed class BoardLookTests(BoardFixture app, Chrome chrome) : IClassFixture<BoardFixture>, IClassFixture<Chrome>
{
    private static readonly (string Theme, int Width, int Height)[] Screens =
    [
        ("light", 1440, 900),
        ("dark", 820, 1180),
        ("night", 390, 844),
        ("dark", 1920, 1080),
    ];

    public static TheoryData<string, string> Pages =>
        new()
        {
            { "board", Paths.Board(BoardFixture.North) },
            { "board-empty", Paths.Board(BoardFixture.South) },
            { "board-40", Paths.Board(BoardFixture.West) },
            { "board-past", Paths.BoardAgo(BoardFixture.North, 15) },
            { "board-past-refused", Paths.Board(BoardFixture.North) + "?day=2026-02-30&clock=25:00" },
            { "overview", Paths.Overview },
            { "wall", Paths.Wall(BoardFixture.North) },
            { "wall-names", Paths.Wall(BoardFixture.North) + "?names=1" },
        };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_meets_WCAG_2_2_AA_in_every_theme(string name, string path)
    {
        var wrong = new List<string>();
        foreach (var (theme, width, height) in Screens)
        {
            await using var context = await chrome.Browser.Screen(app, theme, width, height);
            var page = await app.SignIn(context, "charge", path);
            page.PageError += (_, error) => wrong.Add(error);
            await page.IsLive();
            await page.Keep($"{name}-{theme}-{width}.png");
            wrong.AddRange((await page.Violations()).Select(violation => $"{theme} {width}: {violation}"));
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_never_scrolls_sideways(string name, string path)
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", path);
        foreach (var percent in new[] { 100, 115 })
        {
            await page.InFont(percent);
            foreach (var width in new[] { 320, 390, 820, 1440, 1920 })
            {
                (await page.Sideways(width)).ShouldBeEmpty($"{name} in {percent} %");
            }
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(115)]
    public async Task Twenty_four_patients_fit_a_desktop_without_scrolling(int percent)
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", Paths.Board(BoardFixture.North));
        await page.InFont(percent);
        (
            await page.EvaluateAsync<double>(
                "Math.max(...[...document.querySelectorAll('[data-card]')].map(card => card.getBoundingClientRect().bottom))"
            )
        ).ShouldBeLessThanOrEqualTo(900);
    }

    [Theory]
    [InlineData(BoardFixture.North, "", 1920, 1080)]
    [InlineData(BoardFixture.North, "?names=1", 1920, 1080)]
    [InlineData(BoardFixture.West, "", 1920, 1080)]
    [InlineData(BoardFixture.East, "", 1280, 720)]
    [InlineData(BoardFixture.North, "", 1280, 720)]
    public async Task A_wall_display_shows_every_patient_whole(string unit, string query, int width, int height)
    {
        await using var context = await chrome.Browser.Screen(app, "dark", width, height);
        var page = await app.SignIn(context, "charge", Paths.Wall(unit) + query);
        await page.Keep($"wall-{unit}{query.Replace('?', '-')}-{width}.png");
        (await Cut(page)).ShouldBeEmpty();
        await page.Widen();
        await page.Keep($"wall-{unit}{query.Replace('?', '-')}-{width}-wider.png");
        (await Cut(page)).ShouldBeEmpty("in a wider font");
    }

    [Theory]
    [InlineData("A4", 100)]
    [InlineData("Letter", 100)]
    [InlineData("A4", 115)]
    [InlineData("Letter", 115)]
    public async Task A_unit_of_24_prints_on_one_page(string paper, int percent)
    {
        await using var context = await chrome.Browser.Screen(app, "dark");
        var page = await app.SignIn(context, "charge", Paths.Board(BoardFixture.North));
        await page.IsLive();
        await page.ClickAsync("text=Away");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.SetViewportSizeAsync(710, 1000);
        await page.InFont(percent);
        await page.Keep($"print-{paper}-{percent}.png");
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = paper, PreferCSSPageSize = false }));
        Regex.Count(pdf, "/Type /Page\\b", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBe(1);
        (await page.Locator("[data-card]").EvaluateAllAsync<int>("cards => cards.filter(card => card.checkVisibility()).length")).ShouldBe(
            24
        );
    }

    private static Task<string[]> Cut(IPage page) =>
        page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('[data-card]')].map(card => [card, card.getBoundingClientRect()])
              .filter(([card, box]) => box.bottom > innerHeight || card.scrollHeight > card.clientHeight + 1)
              .map(([card, box]) => `${card.dataset.bed} ends at ${box.bottom}, needs ${card.scrollHeight} of ${card.clientHeight}`)
            """
        );
}
