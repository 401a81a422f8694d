using System.Text.Json;
using System.Text.RegularExpressions;
using Handoff.Domain.Observations;
using Handoff.Web.Layout;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Support;

/// <summary>
/// In the hour that comes twice, every time that is shown says which of the two it is, and every form that is given one asks.
/// </summary>
public sealed class ClocksBackTests(ClocksBackFixture app, Chrome chrome) : IClassFixture<ClocksBackFixture>, IClassFixture<Chrome>
{
    private const string Second = "2027-11-07T01:30:00-06:00";

    [Fact]
    public async Task A_form_asks_which_of_the_two_is_meant_and_keeps_what_was_typed()
    {
        await using var context = await chrome.Browser.Screen(app, "light", 390, 844);
        var stay = await Somebody(context, 0);
        var page = await app.SignIn(context, "nurse", Paths.Stay(stay, "meal"));
        await page.Locator("input[name=eaten][value='50']").CheckAsync();
        await page.Locator("input[name=meal][value=Lunch]").CheckAsync();
        await page.GetByText("A remark, another time").ClickAsync();
        await page.Locator("#at").FillAsync("0130");
        await page.Locator("main form button[type=submit], main form button:not([type])").Last.ClickAsync();
        var which = page.Locator("#atWhich");
        await Expect(which).ToContainTextAsync("01:30 comes twice");
        await Expect(page.Locator("#at")).ToHaveValueAsync("0130");
        await page.Keep("which-of-two-390.png");
        await which.Locator("input[value=first]").CheckAsync();
        await page.Locator("main form button[type=submit], main form button:not([type])").Last.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"stays/{stay}$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        (await (await Machine(context, $"/api/stays/{stay}/timeline")).TextAsync()).ShouldContain("2027-11-07T01:30:00-05:00");
    }

    [Fact]
    public async Task A_round_asks_without_leaving_the_page_and_both_times_are_told_apart()
    {
        await using var context = await chrome.Browser.Screen(app, "dark", 390, 844);
        var stay = await Somebody(context, 1);
        var page = await app.SignIn(context, "tech", $"{Paths.Rounds("2-west")}?open={stay}");
        await page.IsLive();
        var row = page.Locator($"[data-round='{stay}']");
        await row.Locator("[aria-label^='Activity, remark']").CheckAsync(new() { Force = true });
        await row.Locator("#at").FillAsync("01:30");
        await row.Locator("input[name=place]").First.CheckAsync(new() { Force = true });
        await row.Locator("input[name=how]").First.CheckAsync(new() { Force = true });
        await row.GetByRole(AriaRole.Button, new() { Name = "Record check" }).ClickAsync();
        await page.Locator("[data-outbox-correct]").ClickAsync();
        await Expect(row.Locator("#atWhich")).ToContainTextAsync("01:30 comes twice");
        await page.Keep("round-which-390.png");
        await row.Locator("#atWhich input[value=first]").CheckAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Record check" }).ClickAsync();
        await Expect(page.Locator("[data-outbox-note]")).ToBeHiddenAsync();
        await app.Record(new RecordCheck("Room", false, At: DateTimeOffset.Parse(Second)) { Key = stay.ToString() });
        var told = await Sentences(context, stay);
        told.ShouldContain(line => line.StartsWith("Seen at 01:30 CDT", StringComparison.Ordinal));
        told.ShouldContain(line => line.StartsWith("Seen at 01:30 CST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_clock_of_a_page_and_what_it_counts_say_which_of_the_two_it_is()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", Paths.Board("2-west"));
        await page.IsLive();
        var clock = page.Locator("[data-wall-clock]").First;
        var now = await page.EvaluateAsync<string>("document.querySelector('[data-wall-clock]').textContent");
        now.ShouldMatch("^(01:[45]\\d:\\d\\d CST|02:\\d\\d:\\d\\d)$");
        await Expect(clock).ToBeVisibleAsync();
        await page.Keep("board-clocks-back-1440.png");
    }

    [Fact]
    public async Task The_board_of_the_past_asks_and_shows_the_one_that_is_chosen()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", Paths.Board("2-west") + "?day=2027-11-07&clock=01:10");
        await Expect(page.Locator("#clockWhich")).ToContainTextAsync("comes twice");
        await page.Keep("as-of-which-1440.png");
        await page.Locator("#clockWhich input[value=first]").CheckAsync();
        await page.Locator(".as-of-when button").ClickAsync();
        await Expect(page.Locator("#as-of")).ToContainTextAsync("01:10 CDT");
    }

    [Fact]
    public async Task A_time_that_spring_skips_is_refused_at_its_field()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", Paths.Board("2-west") + "?day=2027-03-14&clock=02:30");
        await Expect(page.Locator("#clock-error")).ToContainTextAsync("There was no 02:30 on Sun 14 Mar");
    }

    private async Task<Guid> Somebody(IBrowserContext context, int number)
    {
        var board = JsonSerializer.Deserialize<JsonElement>(await (await Machine(context, "/api/units/2-west/board")).TextAsync());
        return board
            .GetProperty("cards")
            .EnumerateArray()
            .Where(card => card.GetProperty("away").ValueKind == JsonValueKind.Null)
            .ElementAt(number)
            .GetProperty("stay")
            .GetGuid();
    }

    private async Task<List<string>> Sentences(IBrowserContext context, Guid stay)
    {
        var answer = JsonSerializer.Deserialize<JsonElement>(await (await Machine(context, $"/api/stays/{stay}/timeline")).TextAsync());
        return [.. answer.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("sentence").GetString()!)];
    }

    private Task<IAPIResponse> Machine(IBrowserContext context, string path) =>
        context.APIRequest.GetAsync(
            app.Address + path,
            new() { Headers = new Dictionary<string, string> { ["X-Api-Key"] = AppFixture.Key } }
        );
}
