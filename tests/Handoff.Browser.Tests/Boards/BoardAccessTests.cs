using Handoff.Api.Access;
using Handoff.Browser.Tests.Support;
using Handoff.Web.Layout;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Boards;

public sealed class BoardAccessTests(BoardFixture app, Chrome chrome) : IClassFixture<BoardFixture>, IClassFixture<Chrome>
{
    private static readonly Guid Chen = BoardFixture.Stay(BoardFixture.North, "402A");

    [Fact]
    public async Task A_stranger_is_asked_to_sign_in()
    {
        await using var context = await chrome.Browser.Screen(app);
        foreach (
            var path in new[] { "/", Paths.Overview, Paths.OverviewLines, Paths.Board(BoardFixture.North), Paths.Wall(BoardFixture.North) }
        )
        {
            (await context.APIRequest.GetAsync(app.Address + path)).Url.ShouldContain(Paths.SignIn);
        }
    }

    [Fact]
    public async Task A_display_sees_walls_and_no_board()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "display");
        page.Url.ShouldBe(app.Address + Paths.Wall(BoardFixture.North));
        await page.IsLive();
        foreach (var path in new[] { Paths.Board(BoardFixture.North), Paths.BoardAgo(BoardFixture.North, 15) })
        {
            (await context.APIRequest.GetAsync(app.Address + path)).Status.ShouldBe(403);
        }
    }

    [Theory]
    [InlineData("display", "")]
    [InlineData("display", "?names=1")]
    [InlineData("charge", "")]
    public async Task A_hallway_learns_no_name_and_no_record_number(string account, string query)
    {
        await using var context = await chrome.Browser.Screen(app);
        await app.SignIn(context, account);
        var wall = await (await context.APIRequest.GetAsync(app.Address + Paths.Wall(BoardFixture.North) + query)).TextAsync();
        wall.ShouldContain("C.L.");
        foreach (var secret in new[] { "Chen", "Luis", "Brook", "Ueda", "N-402A", "Jordan Kim", "Bathroom", "court", "CT at" })
        {
            wall.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task Names_are_on_a_wall_for_who_may_see_them_and_asks()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", Paths.Wall(BoardFixture.North) + "?names=1");
        await Expect(page.Locator("[data-card][data-bed='402A']")).ToContainTextAsync("Chen, Luis");
        await Expect(page.Locator("[data-controller=board]")).ToHaveAttributeAsync("data-card-view", "NamedWall");
        await Expect(page.Locator("button, input, select, a:visible")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Where_the_day_begins_depends_on_the_units()
    {
        await using var context = await chrome.Browser.Screen(app);
        (await app.SignIn(context, "charge")).Url.ShouldBe(app.Address + Paths.Overview);
    }

    [Fact]
    public async Task The_overview_names_no_patient_and_leads_to_the_boards()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "manager", Paths.Overview);
        var line = page.Locator("#unit-4-north");
        await Expect(line).ToContainTextAsync("24 of 24 beds");
        await Expect(line).ToContainTextAsync("3 away");
        await Expect(line.Locator("[data-ago]")).ToContainTextAsync("min ago");
        (await page.ContentAsync()).ShouldNotContain("Chen");
        await page.GetByRole(AriaRole.Link, new() { Name = "4 North" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(app.Address + Paths.Board(BoardFixture.North));
    }

    [Fact]
    public async Task Every_look_is_kept()
    {
        await using var context = await chrome.Browser.Screen(app);
        await app.SignIn(context, "auditor");
        foreach (
            var path in new[] { Paths.Board(BoardFixture.North), Paths.BoardAgo(BoardFixture.North, 1), Paths.Wall(BoardFixture.North) }
        )
        {
            (await context.APIRequest.GetAsync(app.Address + path)).Ok.ShouldBeTrue();
        }

        var looks = await app
            .Services.GetRequiredService<AccessLog>()
            .ForStay(AppFixture.Facility, Chen, null, 100, CancellationToken.None);
        looks.Where(look => look.UserName == "Thomas Weber").Select(look => look.What).ShouldBe(["wall", "as-of", "board"]);
    }

    [Theory]
    [InlineData("/units/nowhere/board", 404)]
    [InlineData("/units/nowhere/wall", 404)]
    [InlineData("/units/nowhere/board?at=2026-01-01T00:00:00Z", 404)]
    public async Task What_is_not_there_is_said(string path, int status)
    {
        await using var context = await chrome.Browser.Screen(app);
        await app.SignIn(context, "charge");
        (await context.APIRequest.GetAsync(app.Address + path)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Names_are_text_whatever_is_in_them()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", Paths.Board(BoardFixture.West));
        await Expect(page.GetByText("<b>Bold</b>, Given").First).ToBeVisibleAsync();
        await Expect(page.GetByText("D'Arcy-O'Neill, محمد").First).ToBeVisibleAsync();
        await Expect(page.GetByText("👩‍⚕️ Smiley, Given").First).ToBeVisibleAsync();
    }
}
