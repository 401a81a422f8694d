using Handoff.Api.Boards;
using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Observations;

public sealed class RoundsTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    private const string Rounds = "/units/2-west/rounds";

    [Fact]
    public async Task Who_may_not_record_checks_sees_no_rounds()
    {
        await using var context = await Phone();
        var page = await app.SignIn(context, "manager", "/facility/scope");
        (await page.GotoAsync(app.Address + Rounds))!.Status.ShouldBe(403);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Not for your role");
    }

    [Fact]
    public async Task A_check_takes_three_taps_and_another_browser_sees_it_at_once()
    {
        await using var desk = await chrome.Browser.NewContextAsync();
        var watcher = await app.SignIn(desk, "nurse", Rounds);
        await Expect(watcher.Locator("[data-connection=live]")).ToBeVisibleAsync();

        await using var phone = await Phone();
        var page = await app.SignIn(phone, "tech", Rounds);
        // Somebody last seen elsewhere: else the other browser shows the place before it has heard of this check.
        var row = page.Locator("[data-round]:not([data-open]):not([data-away])").Filter(new() { HasNotText = "Day room" }).Nth(2);
        var stay = (await row.GetAttributeAsync("data-round"))!;
        await page.Locator($"#round-{stay} [data-round-head]").TapAsync();
        await Tap(page, "Day room");
        await Tap(page, "Asleep");

        await Expect(watcher.Locator($"#round-{stay}")).ToContainTextAsync("Day room");
        var seen = (await Card(stay)).LastSeen.ShouldNotBeNull();
        (seen.Place, seen.IsAsleep, seen.BreathingSeen, seen.By).ShouldBe(("Day room", true, true, "Jordan Kim"));
    }

    [Fact]
    public async Task The_next_patient_opens_and_the_check_can_be_undone()
    {
        await using var phone = await Phone();
        var page = await app.SignIn(phone, "tech", Rounds);
        var stay = await Open(page);
        var before = (await Card(stay)).LastSeen;
        await Tap(page, "Hallway");
        await Tap(page, "Awake");

        await Expect(page.Locator("[data-open]")).Not.ToHaveAttributeAsync("data-round", stay);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).TapAsync();

        await Eventually(async () => (await Card(stay)).LastSeen!.Check == before!.Check);
        var (check, error) = await Last(stay);
        error.ShouldBe(("Undone at once", check));
        await page.GotoAsync($"{app.Address}/stays/{stay}");
        await Expect(page.Locator(".told s").First).ToContainTextAsync("Hallway");
    }

    [Fact]
    public async Task A_lost_line_costs_no_check_and_records_it_once()
    {
        await using var phone = await Phone();
        var page = await app.SignIn(phone, "tech", Rounds);
        var (stay, before) = (await Open(page), DateTimeOffset.UtcNow);
        var count = await Checks(stay);
        await phone.SetOfflineAsync(true);
        await Tap(page, "Hallway");
        await Tap(page, "Awake");
        await Expect(page.Locator($"#round-{stay} [data-round-note]")).ToContainTextAsync("waiting to send");
        await Expect(page.Locator("[data-outbox-note]")).ToContainTextAsync("1 entry waits");
        var after = DateTimeOffset.UtcNow;
        await Task.Delay(1200);
        await phone.SetOfflineAsync(false);

        await Expect(page.Locator($"#round-{stay} [data-round-note]")).ToBeHiddenAsync();
        (await Checks(stay)).ShouldBe(count + 1);
        var recorded = (await Events(stay)).Last(e => e.Event is SafetyChecked);
        recorded.Envelope.Source.ShouldBe(Source.Offline);
        recorded.Event.OccurredAt.ShouldBeInRange(before.AddSeconds(-1), after.AddSeconds(1));
        await Expect(page.Locator("[data-outbox-note]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_check_that_waits_survives_the_closing_of_the_page()
    {
        await using var phone = await Phone();
        var page = await app.SignIn(phone, "tech", Rounds);
        var stay = await Open(page);
        var count = await Checks(stay);
        await phone.RouteAsync("**/rounds/*", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await Tap(page, "Room");
        await Tap(page, "Awake");
        await Expect(page.Locator($"#round-{stay} [data-round-note]")).ToContainTextAsync("waiting to send");
        await page.CloseAsync();
        await phone.UnrouteAllAsync();
        var again = await phone.NewPageAsync();
        await again.GotoAsync(app.Address + Rounds);

        await Eventually(async () => await Checks(stay) == count + 1);
    }

    [Fact]
    public async Task A_refusal_is_said_at_the_patient_and_nothing_typed_is_lost()
    {
        await using var phone = await Phone();
        var page = await app.SignIn(phone, "tech", Rounds);
        var stay = await Open(page);
        await Write(page, "Said \"I can't sleep\" 😟");
        await page.FillAsync("#at", await Clock(TimeSpan.FromHours(2)));
        await Tap(page, "Pacing");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record check" }).TapAsync();

        var row = page.Locator($"#round-{stay}");
        await Expect(row.Locator("[data-round-note]")).ToContainTextAsync("That time has not come yet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Correct" }).TapAsync();
        await Expect(page.Locator("#remark")).ToHaveValueAsync("Said \"I can't sleep\" 😟");
        await Expect(page.Locator("[data-open] .error")).ToContainTextAsync("That time has not come yet");
        await page.FillAsync("#at", "");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record check" }).TapAsync();

        await Eventually(async () =>
            (await Events(stay)).Any(e => e.Event is SafetyChecked { Remark: "Said \"I can't sleep\" 😟", Activity: Activity.Pacing })
        );
        await Expect(row.Locator("[data-round-note]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Several_patients_in_one_place_are_each_seen_at_their_own_moment()
    {
        await using var phone = await Phone();
        var page = await app.SignIn(phone, "tech", "/units/3-east/rounds");
        await page.GetByRole(AriaRole.Button, new() { Name = "Several at once" }).TapAsync();
        var rows = page.Locator("[data-rounds-target=list] [data-round]");
        var stays = new[] { (await rows.Nth(0).GetAttributeAsync("data-round"))!, (await rows.Nth(1).GetAttributeAsync("data-round"))! };
        await rows.Nth(0).Locator("[data-round-head]").TapAsync();
        await Task.Delay(1500);
        await rows.Nth(1).Locator("[data-round-head]").TapAsync();
        await Tap(page, "Day room");
        await Tap(page, "Awake");

        await Eventually(async () => (await Card(stays[1], "3-east")).LastSeen is { Place: "Day room", By: "Jordan Kim" });
        var (first, second) = ((await Card(stays[0], "3-east")).LastSeen!, (await Card(stays[1], "3-east")).LastSeen!);
        first.Place.ShouldBe("Day room");
        (second.At - first.At).ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_patient_who_was_not_found_is_skipped_with_a_reason()
    {
        await using var phone = await Phone();
        var page = await app.SignIn(phone, "tech", Rounds);
        var stay = await Open(page);
        await page.Locator("[data-round-more=words]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Not seen" }).TapAsync();
        await Expect(page.Locator("[data-open] .error")).ToContainTextAsync("Give a reason");
        await page.FillAsync("#remark", "With the physician, door closed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Not seen" }).TapAsync();

        await Eventually(async () => (await Events(stay)).Any(e => e.Event is CheckSkipped { Reason: "With the physician, door closed" }));
    }

    [Fact]
    public async Task Rounds_work_without_a_script()
    {
        await using var plain = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = false,
                ViewportSize = new() { Width = 390, Height = 844 },
                HasTouch = true,
            }
        );
        var page = await app.SignIn(plain, "tech", Rounds);
        await page.Locator("[data-round]:not([data-open]) [data-round-head]").Nth(2).TapAsync();
        var stay = await Open(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Record check" }).TapAsync();
        await Expect(page.Locator(".errors")).ToContainTextAsync("Say where you saw the patient");

        await Tap(page, "Hallway");
        await Tap(page, "Awake");
        await page.GetByRole(AriaRole.Button, new() { Name = "Record check" }).TapAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("Hallway");
        (await Card(stay)).LastSeen!.Place.ShouldBe("Hallway");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).TapAsync();
        await Expect(page.Locator("[data-open]")).ToHaveAttributeAsync("data-round", stay);
        (await Last(stay)).Error.Reason.ShouldBe("Undone at once");
    }

    [Fact]
    public async Task Rounds_keep_the_rules_of_every_page() => (await app.Broken(chrome.Browser, "tech", Rounds, "rounds")).ShouldBeEmpty();

    private Task<IBrowserContext> Phone() =>
        chrome.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 390, Height = 844 },
                HasTouch = true,
                IsMobile = true,
            }
        );

    private static async Task<string> Open(IPage page) => (await page.Locator("[data-open]").GetAttributeAsync("data-round"))!;

    private static Task Tap(IPage page, string words) => page.Locator(".round-form .chip", new() { HasText = words }).First.TapAsync();

    private static async Task Write(IPage page, string remark)
    {
        await Tap(page, "Room");
        await page.Locator("[data-round-more=words]").CheckAsync();
        await page.FillAsync("#remark", remark);
    }

    private async Task<string> Clock(TimeSpan later) =>
        (await app.Services.GetRequiredService<Log>().State<Unit>(AppFixture.Facility, "2-west", CancellationToken.None))
            .Time()
            .Clock(DateTimeOffset.UtcNow + later);

    private async Task<BoardCard> Card(string stay, string unit = "2-west") =>
        (await app.Services.GetRequiredService<BoardReader>().ForUnit(AppFixture.Facility, unit, CancellationToken.None))!.Cards.Single(c =>
            c.Stay == Guid.Parse(stay)
        );

    private async Task<List<EventEnvelope>> Events(string stay)
    {
        var events = new List<EventEnvelope>();
        await foreach (
            var logged in app
                .Services.GetRequiredService<LogReader>()
                .Stream(AppFixture.Facility, $"rounding-{stay}", CancellationToken.None)
        )
        {
            events.Add(logged.Recorded);
        }

        return events;
    }

    private async Task<int> Checks(string stay) => (await Events(stay)).Count(e => e.Event is SafetyChecked);

    private async Task<(Guid Check, (string Reason, Guid Check) Error)> Last(string stay)
    {
        var events = await Events(stay);
        var error = (CheckEnteredInError)events.Last(e => e.Event is CheckEnteredInError).Event;
        return (events.Last(e => e.Event is SafetyChecked).Id, (error.Reason, error.Check));
    }

    private static async Task Eventually(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            tries.ShouldBeLessThan(100, "It did not become so in 10 s.");
            await Task.Delay(100);
        }
    }
}
