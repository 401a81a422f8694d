using Handoff.Browser.Tests.Support;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Tasks;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Escalations;

public sealed class EscalationTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    [Theory]
    [InlineData(true, "203A")]
    [InlineData(false, "204A")]
    public async Task A_concern_is_raised_seen_on_the_board_acknowledged_and_closed(bool hasScript, string bed)
    {
        var stay = NamedId.From("demo", "2-west", bed);
        await using var floor = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        await using var station = await chrome.Browser.Screen(app);
        var board = await app.SignIn(station, "charge", "/units/2-west/board");
        await board.IsLive();

        var tech = await app.SignIn(floor, "tech", $"/stays/{stay}");
        await tech.GetByRole(AriaRole.Link, new() { Name = "Raise a concern" }).ClickAsync();
        (await tech.InputValueAsync("#background")).ShouldContain("admitted");
        (await tech.InputValueAsync("#assessment")).ShouldContain("Last seen");
        await tech.FillAsync("#situation", "Hears voices and will not lie down");
        await tech.GetByRole(AriaRole.Button, new() { Name = "Raise concern" }).ClickAsync();
        await Expect(tech.Locator(".sbar")).ToContainTextAsync("Hears voices");
        await Expect(tech.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" })).ToHaveCountAsync(0);

        var card = board.Locator($"[data-card='{stay}']");
        await Expect(card).ToContainTextAsync("concern not acknowledged");
        await Expect(board.Locator("[data-count=concern]")).ToBeVisibleAsync();
        await card.Locator(".card-concern").ClickAsync();
        await board.FillAsync("#plan", "I am with him");
        await board.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(board.Locator(".rungs")).ToContainTextAsync("Acknowledged by");
        await board.FillAsync("#outcome", "Slept");
        await board.GetByRole(AriaRole.Button, new() { Name = "Close concern" }).ClickAsync();
        await Expect(board.Locator(".rungs")).ToContainTextAsync("Slept");
        if (hasScript)
        {
            await Expect(tech.Locator(".rungs")).ToContainTextAsync("Slept");
        }
    }

    [Fact]
    public async Task Who_begins_to_write_while_the_page_loads_itself_again_writes_on()
    {
        var key = await Raise("207A", "Shouts at the wall");
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", $"/escalations/{key}");
        await page.IsLive();
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync(
            $"**/escalations/{key}",
            async route =>
            {
                asked.TrySetResult();
                await answer.Task;
                await route.ContinueAsync();
            }
        );
        await Raise("207A", "Hits the wall");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await page.Locator("#plan").PressSequentiallyAsync("I go to ");
        var field = await page.Locator("#plan").ElementHandleAsync();
        var came = page.EvaluateAsync(
            "new Promise(done => document.getElementById('patient-page').addEventListener('live-region:shown', done, { once: true }))"
        );
        answer.SetResult();
        await came;
        (await field.EvaluateAsync<bool>("field => field.isConnected && field === document.activeElement")).ShouldBeTrue();
        await page.Keyboard.TypeAsync("him");
        await Expect(page.Locator("#plan")).ToHaveValueAsync("I go to him");
        await Expect(page.Locator(".stale")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_plan_that_is_missing_is_asked_for_and_nothing_else_is_lost()
    {
        var key = await Raise("205A", "Says nothing since noon");
        await using var context = await chrome.Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await app.SignIn(context, "nurse", $"/escalations/{key}");
        await page.FillAsync("#plan", "   ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Expect(page.Locator(".errors")).ToContainTextAsync("Say what will be done");
    }

    [Fact]
    public async Task The_pages_keep_the_rules_of_every_page()
    {
        var key = await Raise("206A", "Stands at the exit since " + new string('w', 90) + "\nand does not answer");
        var stay = NamedId.From("demo", "2-west", "206A");
        await app.Record(
            new RaiseTask("Weigh", new(Domain.Access.Role.Nurse), DateTimeOffset.UtcNow.AddHours(1), stay)
            {
                Key = Guid.CreateVersion7().ToString(),
            }
        );
        (await app.Broken(chrome.Browser, "nurse", $"/stays/{stay}/concern", "concern-new")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "nurse", $"/escalations/{key}", "concern")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "nurse", $"/stays/{stay}", "concern-stay")).ShouldBeEmpty();
        foreach (
            var (account, path, file) in ((string, string, string)[])
                [("nurse", "/units/2-west/board", "concern-board.png"), ("display", "/units/2-west/wall", "concern-wall.png")]
        )
        {
            await using var context = await chrome.Browser.Screen(app, "dark");
            var page = await app.SignIn(context, account, path);
            await Expect(page.Locator($"[data-card='{stay}'] .mark[data-severity=critical]")).ToBeVisibleAsync();
            (await page.Violations()).ShouldBeEmpty();
            await page.Keep(file);
        }
    }

    private async Task<Guid> Raise(string bed, string situation)
    {
        var key = Guid.CreateVersion7();
        await app.Record(
            new EscalateConcern(NamedId.From("demo", "2-west", bed), Urgency.Urgent, situation, "34 years", "Frightened", "Please come")
            {
                Key = key.ToString(),
            }
        );
        return key;
    }
}
