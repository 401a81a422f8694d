using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Handoffs;
using Handoff.Simulator.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Handoffs;

/// <summary>
/// A whole unit changes hands between two people in two browsers, while a browser and the server end in the middle of it.
/// </summary>
public sealed class WholeUnitTests(PlayedFixture app, Chrome chrome) : IClassFixture<PlayedFixture>, IClassFixture<Chrome>
{
    private const string Place = $"/units/{PlayedFixture.Unit}/handoff";

    [Fact]
    public async Task A_simulated_unit_of_24_changes_hands_and_neither_browser_nor_server_loses_a_word_or_a_patient()
    {
        var folder = Directory.CreateTempSubdirectory("handoff-device");
        var ana = DemoCast.Named("ruiz");
        var watched = (await app.Handoff()).Patients.OrderBy(p => p.Bed, StringComparer.Ordinal).First();
        var desk = await chrome.OnDevice(folder.FullName);
        var giver = await app.SignIn(desk, "nurse", $"/units/{PlayedFixture.Unit}/assignments");
        await Assign(giver, ana.Name);

        (await SettleEverything(giver, ana.Name)).ShouldBeGreaterThan(0);
        await giver.GotoAsync($"{app.Address}{Place}?stay={watched.Stay}");
        await giver.GetByRole(AriaRole.Button, new() { Name = "Watcher" }).ClickAsync();
        await Expect(giver.GetByRole(AriaRole.Button, new() { Name = "Watcher" })).ToHaveAttributeAsync("aria-pressed", "true");

        giver = await TypeWhileEverythingEnds(giver, desk, folder.FullName, watched.Stay);
        await SettleEverything(giver, ana.Name);
        await JudgeEverybody(giver);
        await Expect(giver.Locator(".handoff-foot")).ToContainTextAsync("24 of 24 ready");
        await giver.Keep("whole-unit-giver.png");
        await giver.OpenGiving();
        await giver.GetByRole(AriaRole.Button, new() { Name = "Hand over 24 patients" }).ClickAsync();
        await Expect(giver.Locator(".handoff-foot")).ToContainTextAsync("24 not yet accepted");

        await Accept(watched);
        await giver.GotoAsync(app.Address + Place);
        await Expect(giver.Locator("#handoff-list h2")).ToHaveTextAsync("Others' 24");
        await giver.Context.CloseAsync();
        folder.Delete(recursive: true);
        await EachHasOne(ana.Id);
    }

    private static async Task Assign(IPage page, string to)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = to }).First.CheckAsync();
        foreach (var patient in await page.Locator("input[name=stays]").AllAsync())
        {
            await patient.CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Assign the ticked patients" }).ClickAsync();
        await Expect(page.Locator(".assign-who", new() { HasText = $"→ {to} (not accepted)" })).ToHaveCountAsync(24);
    }

    // Every open point becomes the receiver's: two clicks and a choice, and not a word typed. The board goes on meanwhile, and new ones may
    // come.
    private async Task<int> SettleEverything(IPage page, string to)
    {
        for (var settled = 0; ; settled++)
        {
            if ((await app.Handoff()).Patients.FirstOrDefault(p => p.OpenLoops > 0) is not { } patient)
            {
                await page.GotoAsync(app.Address + Place);
                return settled;
            }

            await page.GotoAsync($"{app.Address}{Place}?stay={patient.Stay}");
            var open = page.Locator(".loop:not([data-settled])");
            var left = await open.CountAsync();
            await open.First.Locator("summary", new() { HasText = "Give to" }).ClickAsync();
            await open.First.GetByLabel("To whom").SelectOptionAsync(new SelectOptionValue { Index = await Index(open.First, to) });
            await open.First.GetByRole(AriaRole.Button, new() { Name = "Give", Exact = true }).ClickAsync();
            await Expect(open).ToHaveCountAsync(left - 1);
        }
    }

    private static async Task<int> Index(ILocator loop, string to) =>
        (await loop.GetByLabel("To whom").Locator("option").AllTextContentsAsync())
            .Index()
            .First(o => o.Item.StartsWith(to, StringComparison.Ordinal))
            .Index;

    // Whoever may be is judged in passing, each after a look; the others on their own pages.
    private async Task JudgeEverybody(IPage page)
    {
        await page.GotoAsync($"{app.Address}{Place}/look");
        while (await page.GetByRole(AriaRole.Button, new() { Name = "Stable" }).IsVisibleAsync())
        {
            var name = await page.Locator("#look-who").InnerTextAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Stable" }).ClickAsync();
            await Expect(page.Locator("#look-who", new() { HasText = name })).ToHaveCountAsync(0);
        }

        foreach (var patient in (await app.Handoff()).Patients.Where(p => p.Severity is null))
        {
            await page.GotoAsync($"{app.Address}{Place}?stay={patient.Stay}");
            await page.GetByRole(AriaRole.Button, new() { Name = "Stable" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stable" })).ToHaveAttributeAsync("aria-pressed", "true");
        }

        await page.GotoAsync(app.Address + Place);
    }

    // The server ends while somebody types, then their browser; what was typed is there again with both, and reaches the server by itself.
    private async Task<IPage> TypeWhileEverythingEnds(IPage page, IBrowserContext desk, string folder, Guid stay)
    {
        const string first = "Talked about the weekend, calmer after lunch.",
            second = " Wants the door left ajar";
        await Words(page).FillAsync(first);
        await Expect(page.Locator("[data-autosaved]").First).ToContainTextAsync("kept");
        await app.Stop();
        await Words(page).PressSequentiallyAsync(second);
        await page.CloseAsync(new() { RunBeforeUnload = true });
        await desk.CloseAsync();

        await app.Start();
        var again = await app.SignIn(await chrome.OnDevice(folder), "nurse", $"{Place}?stay={stay}");
        await Expect(Words(again)).ToHaveValueAsync(first + second);
        await Eventually(async () => (await Care(stay)).Texts is [.., { Words: first + second }]);
        await again.ReloadAsync();
        await Expect(Words(again)).ToHaveValueAsync(first + second);
        return again;
    }

    // Whoever receives reads the watcher back, and goes from patient to patient; half-way the server ends.
    private async Task Accept(HandoffPatient watched)
    {
        await using var tablet = await chrome.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 820, Height = 1180 },
            }
        );
        var page = await app.SignIn(tablet, "ruiz", $"{Place}?stay={watched.Stay}");
        await Expect(page.Locator(".words", new() { HasText = "Wants the door left ajar" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Read back" }).ClickAsync();
        await Expect(page.Locator(".said").Last).ToContainTextAsync("aloud");
        for (var left = 24; left > 0; left--)
        {
            var name = await page.Locator("#handoff-who bdi").TextContentAsync();
            if (await page.Locator("[data-must-read-back]").CountAsync() > 0)
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "Read back" }).ClickAsync();
                await Expect(page.Locator(".said").Last).ToContainTextAsync("aloud");
            }

            if (left == 12)
            {
                await app.Stop();
                await page.GetByRole(AriaRole.Button, new() { Name = $"Accept {name}" }).ClickAsync();
                await app.Start();
                await page.GotoAsync(app.Address + Place);
                await page.Keep("whole-unit-receiver.png");
                name = await page.Locator("#handoff-who bdi").TextContentAsync();
            }

            await page.GetByRole(AriaRole.Button, new() { Name = $"Accept {name}" }).ClickAsync();
            await Expect(page.Locator(".accepted")).ToContainTextAsync($"{name} is yours.");
        }

        await Expect(page.Locator(".accepted")).ToContainTextAsync("Nobody else waits for you.");
        await page.Keep("whole-unit-received.png");
    }

    private async Task EachHasOne(string person)
    {
        foreach (var patient in (await app.Handoff()).Patients)
        {
            var stints = await app.Stints(patient.Stay);
            (stints[^1].Who!.Id, stints[^1].Until).ShouldBe((person, null));
            stints.ShouldAllBe(stint => stint.Who != null);
            stints.Skip(1).Select(stint => (DateTimeOffset?)stint.From).ShouldBe(stints.SkipLast(1).Select(stint => stint.Until));
        }
    }

    private static ILocator Words(IPage page) => page.GetByLabel("Your words: Patient summary");

    private async Task<Care> Care(Guid stay) =>
        await app.Services.GetRequiredService<Log>().State<Care>(AppFixture.Facility, stay.ToString(), CancellationToken.None);

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 150 && !await holds(); tries++)
        {
            await Task.Delay(100);
        }

        (await holds()).ShouldBeTrue();
    }
}
