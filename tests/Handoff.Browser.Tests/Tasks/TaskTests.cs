using Handoff.Browser.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Tasks;

public sealed class TaskTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    private const string Long =
        "Ask the pharmacy whether the long-acting injection can be given on Sunday, and tell the family of Mr. "
        + "Wolfeschlegelsteinhausenbergerdorff";
    private static readonly Guid Ana = NamedId.From("demo", "3-east", "303");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_is_raised_taken_put_off_passed_on_and_done(bool hasScript)
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var page = await app.SignIn(context, "tech", $"/stays/{Ana}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a task", Exact = true }).ClickAsync();
        var text = $"Call the sister back ({hasScript})";
        await page.FillAsync("#text", text);
        await page.SelectOptionAsync("#owner", new SelectOptionValue { Label = "Any nurse" });
        await Press(page, "Add task");
        await Expect(page.Locator(".task")).ToContainTextAsync(["any nurse"]);

        await page.GotoAsync($"{app.Address}/units/3-east/tasks");
        var row = page.Locator(".task", new() { HasText = text });
        await row.GetByRole(AriaRole.Button, new() { Name = "Take" }).ClickAsync();
        await Expect(page.Locator("[aria-label=Mine] .task", new() { HasText = text })).ToContainTextAsync("has it");

        await row.GetByRole(AriaRole.Link, new() { Name = "More" }).ClickAsync();
        await Press(page, "Waiting for somebody");
        await Expect(row).ToContainTextAsync("deferred once");
        await row.GetByRole(AriaRole.Link, new() { Name = "More" }).ClickAsync();
        await page.SelectOptionAsync("#owner", new SelectOptionValue { Label = "Any clinician" });
        await page.FillAsync("#passReason", "Knows the family");
        await Press(page, "Pass on");
        await Expect(page.Locator("[aria-label='The unit’s'] .task", new() { HasText = text })).ToContainTextAsync("any clinician");
        await row.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await page.GotoAsync($"{app.Address}/stays/{Ana}");
        await Expect(page.Locator(".story")).ToContainTextAsync($"passed from");
        await Expect(page.Locator(".story")).ToContainTextAsync($"Task done at");
    }

    [Fact]
    public async Task Whoever_looks_at_the_list_sees_another_persons_task_come_and_go()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", "/units/2-west/tasks");
        await page.IsLive();
        var key = Guid.CreateVersion7().ToString();
        await app.Record(new RaiseTask("Count the keys", new(Role.Nurse), DateTimeOffset.UtcNow.AddHours(1), Unit: "2-west") { Key = key });
        await Expect(page.Locator(".task", new() { HasText = "Count the keys" })).ToBeVisibleAsync();
        await app.Record(new FinishTask { Key = key });
        await Expect(page.Locator(".task", new() { HasText = "Count the keys" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_came_before_the_page_began_to_listen_is_on_it()
    {
        await using var context = await chrome.Browser.Screen(app);
        var listen = new TaskCompletionSource();
        await context.RouteAsync(
            "**/hubs/board/negotiate**",
            async route =>
            {
                await listen.Task;
                await route.ContinueAsync();
            }
        );
        var page = await app.SignIn(context, "nurse", "/units/2-west/tasks");
        await app.Record(
            new RaiseTask("Look for the charger", new(Role.Nurse), DateTimeOffset.UtcNow.AddHours(1), Unit: "2-west")
            {
                Key = Guid.CreateVersion7().ToString(),
            }
        );
        listen.SetResult();
        await Expect(page.Locator(".task", new() { HasText = "Look for the charger" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_list_that_could_not_be_fetched_or_never_came_is_fetched_again()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", "/units/2-west/tasks");
        await page.IsLive();
        var asked = 0;
        await page.RouteAsync(
            "**/tasks",
            route =>
                ++asked switch
                {
                    1 => route.AbortAsync(),
                    2 => Task.CompletedTask, // Never answered.
                    _ => route.ContinueAsync(),
                }
        );
        await app.Record(
            new RaiseTask("Air the room", new(Role.Nurse), DateTimeOffset.UtcNow.AddHours(1), Unit: "2-west")
            {
                Key = Guid.CreateVersion7().ToString(),
            }
        );
        await Expect(page.Locator(".task", new() { HasText = "Air the room" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        asked.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task A_list_under_the_cursor_waits_until_the_cursor_has_left_it()
    {
        await using var context = await chrome.Browser.Screen(app);
        await app.Record(
            new RaiseTask("Stand still", new(Role.Nurse), DateTimeOffset.UtcNow.AddHours(1), Unit: "2-west")
            {
                Key = Guid.CreateVersion7().ToString(),
            }
        );
        var page = await app.SignIn(context, "nurse", "/units/2-west/tasks");
        await page.IsLive();
        await page.Locator(".task", new() { HasText = "Stand still" }).GetByRole(AriaRole.Button, new() { Name = "Done" }).FocusAsync();
        await app.Record(
            new RaiseTask("Come in", new(Role.Nurse), DateTimeOffset.UtcNow.AddMinutes(5), Unit: "2-west")
            {
                Key = Guid.CreateVersion7().ToString(),
            }
        );
        await Expect(page.Locator("[data-tasks] > .stale")).ToBeVisibleAsync();
        await Expect(page.Locator(".task", new() { HasText = "Come in" })).ToHaveCountAsync(0);
        await page.Locator("main").FocusAsync();
        await Expect(page.Locator(".task", new() { HasText = "Come in" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_task_is_raised_from_something_that_happened()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", $"/stays/{Ana}");
        await page.Locator(".told-task").First.ClickAsync();
        await Expect(page.Locator(".task-from")).Not.ToBeEmptyAsync();
        await page.FillAsync("#text", "Look into it");
        await Press(page, "Add task");
        await Expect(page.Locator(".task", new() { HasText = "Look into it" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_refused_form_keeps_every_word_and_says_where()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", "/units/2-west/tasks/new");
        await page.FillAsync("#text", "Weigh everybody");
        await page.Locator(".other-time summary").ClickAsync();
        await page.FillAsync("#dueDay", "2020-01-01");
        await page.FillAsync("#dueAt", "10:00");
        await Press(page, "Add task");
        await Expect(page.Locator(".errors")).ToContainTextAsync("That time has already passed");
        await Expect(page.Locator("#text")).ToHaveValueAsync("Weigh everybody");
        await Expect(page.Locator("#dueAt")).ToHaveValueAsync("10:00");
    }

    [Fact]
    public async Task The_pages_keep_the_rules_of_every_page()
    {
        await app.Record(new OpenUnit("9 South", "America/Chicago") { Key = "9-south" });
        (await app.Broken(chrome.Browser, "nurse", "/units/9-south/tasks", "tasks-empty")).ShouldBeEmpty();
        var task = Guid.CreateVersion7();
        await app.Record(
            new RaiseTask(
                Long,
                new(null, "p", "Wolfeschlegelsteinhausenbergerdorff, Maximilian-Alexander"),
                DateTimeOffset.UtcNow.AddHours(4),
                NamedId.From("demo", "2-west", "203A")
            )
            {
                Key = task.ToString(),
            }
        );
        await app.Record(new DeferTask(DateTimeOffset.UtcNow.AddHours(5), "Waiting for somebody else") { Key = task.ToString() });
        await app.Record(
            new RaiseTask("Weigh", new(Role.Nurse), DateTimeOffset.UtcNow.AddHours(1), NamedId.From("demo", "2-west", "203A"))
            {
                Key = Guid.CreateVersion7().ToString(),
            }
        );
        await app.Record(
            new RaiseTask("Count the sharps", new(Role.ChargeNurse), DateTimeOffset.UtcNow.AddSeconds(1), Unit: "2-west")
            {
                Key = Guid.CreateVersion7().ToString(),
            }
        );
        await Task.Delay(1_100);
        (await app.Broken(chrome.Browser, "nurse", "/units/2-west/tasks", "tasks")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "nurse", $"/tasks/{task}", "task")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "nurse", "/units/2-west/tasks/new", "task-new")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "nurse", $"/stays/{NamedId.From("demo", "2-west", "203A")}", "task-stay")).ShouldBeEmpty();
    }

    private static Task Press(IPage page, string words) =>
        page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).ClickAsync();
}
