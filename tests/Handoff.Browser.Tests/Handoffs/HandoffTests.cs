using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Units;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Handoffs;

public sealed class HandoffTests(HandoffFixture app, Chrome chrome) : IClassFixture<HandoffFixture>, IClassFixture<Chrome>
{
    private const string Page = $"/units/{HandoffFixture.Unit}/handoff";

    [Fact]
    public async Task Two_people_in_two_browsers_hand_over_a_unit()
    {
        await using var desk = await chrome.Browser.NewContextAsync();
        await using var tablet = await chrome.Browser.NewContextAsync();
        await using var office = await chrome.Browser.NewContextAsync();

        // As on a hospital's own network without encryption, where browsers offer less.
        await desk.AddInitScriptAsync("delete Crypto.prototype.randomUUID");

        var charge = await app.SignIn(office, "charge", $"/units/{HandoffFixture.Unit}/assignments");
        await charge.GetByRole(AriaRole.Radio, new() { Name = "Maria Ortiz" }).CheckAsync();
        foreach (var patient in await charge.Locator("input[name=stays]").AllAsync())
        {
            await patient.CheckAsync();
        }

        await charge.GetByRole(AriaRole.Button, new() { Name = "Assign the ticked patients" }).ClickAsync();
        await Expect(charge.Locator(".assign-who").First).ToContainTextAsync("Jordan Kim → Maria Ortiz (not accepted)");

        var giver = await app.SignIn(desk, "tech", $"{Page}?stay={HandoffFixture.Brook}");
        await giver.GetByRole(AriaRole.Button, new() { Name = "Watcher" }).ClickAsync();
        await Expect(giver.GetByRole(AriaRole.Button, new() { Name = "Watcher" })).ToHaveAttributeAsync("aria-pressed", "true");
        var words = giver.GetByLabel("Your words: Patient summary");
        await words.FillAsync("Talked about the weekend, calmer after lunch.");
        await Expect(giver.Locator("[data-autosaved]").First).ToContainTextAsync("kept");

        // What is recorded while somebody types comes in beside their words, and touches none of them.
        await words.FillAsync("Talked about the weekend, calmer after lunch. Wants");
        await app.Record(new OrderLevel(ObservationLevel.OneToOne, "Said goodbye to everybody") { Key = HandoffFixture.Brook.ToString() });
        await Expect(giver.Locator("#lines-SituationAwareness")).ToContainTextAsync("Said goodbye to everybody");
        await Expect(words).ToHaveValueAsync("Talked about the weekend, calmer after lunch. Wants");
        await words.PressSequentiallyAsync(" a call.");
        await Expect(words).ToHaveValueAsync("Talked about the weekend, calmer after lunch. Wants a call.");
        await Eventually(async () =>
            (await Care(HandoffFixture.Brook)).Texts is [{ Words: "Talked about the weekend, calmer after lunch. Wants a call." }]
        );

        // Nobody is judged with the others: each is looked at.
        await giver.GetByRole(AriaRole.Link, new() { Name = "Look at the other 2" }).ClickAsync();
        await Expect(giver.Locator("#look-who")).ToContainTextAsync("Chen, Luis");
        await giver.Keep("handoff-look.png");
        await giver.GetByRole(AriaRole.Button, new() { Name = "Stable" }).ClickAsync();
        await Expect(giver.Locator("#look-who")).ToContainTextAsync("Diaz, Ana");
        await giver.GetByRole(AriaRole.Button, new() { Name = "Stable" }).ClickAsync();
        await Expect(giver.GetByText("Everybody was looked at")).ToBeVisibleAsync();
        await giver.GotoAsync($"{app.Address}{Page}?stay={HandoffFixture.Brook}");
        await giver.Keep("handoff-giver.png");
        await giver.OpenGiving();
        await giver.GetByRole(AriaRole.Button, new() { Name = "Hand over 3 patients" }).ClickAsync();
        await Expect(giver.Locator(".handoff-foot")).ToContainTextAsync("3 not yet accepted");
        await Expect(giver.Locator(".given")).ToContainTextAsync("You gave 3, 3 still to be accepted");

        var receiver = await app.SignIn(tablet, "nurse", Page);
        await Expect(receiver.Locator("#handoff-who")).ToContainTextAsync("Brook, Maya");
        await Expect(receiver.Locator(".words").First).ToContainTextAsync("Wants a call.");
        await receiver.GetByRole(AriaRole.Button, new() { Name = "Accept Brook, Maya" }).ClickAsync();
        await Expect(receiver.Locator("[data-controller=error-summary]")).ToContainTextAsync("Read back first");
        await receiver.GetByLabel("Read back in your own words").FillAsync("A watcher, 1:1");
        await receiver.GetByRole(AriaRole.Button, new() { Name = "Read back" }).ClickAsync();

        await giver.GotoAsync($"{app.Address}{Page}?stay={HandoffFixture.Brook}");
        await giver.Locator("summary", new() { HasText = "Correct" }).ClickAsync();
        await giver.GetByLabel("What is not so").FillAsync("And she wants a call");
        await giver.Locator("details[open]").GetByRole(AriaRole.Button, new() { Name = "Correct" }).ClickAsync();
        await Expect(receiver.Locator("#handoff-talk")).ToContainTextAsync("corrects: And she wants a call");
        await Expect(receiver.Locator("[data-must-read-back]")).ToContainTextAsync("Read back again, as it was corrected");
        await receiver.Keep("handoff-receiver.png");
        await receiver.GetByLabel("Read back in your own words").FillAsync("A watcher, 1:1, who wants a call");
        await receiver.GetByRole(AriaRole.Button, new() { Name = "Read back" }).ClickAsync();
        await Expect(receiver.Locator("[data-must-read-back]")).ToHaveCountAsync(0);

        // Whatever page the giver has open when the last one is accepted, they hear it there.
        await giver.GotoAsync($"{app.Address}/units/{HandoffFixture.Unit}/board");
        await Expect(giver.Locator("[data-notice]")).ToHaveCountAsync(0);

        // Not accepted yet: the giver still has her.
        (await Care(HandoffFixture.Brook)).Holder!.Who.Name.ShouldBe("Jordan Kim");
        foreach (var name in new[] { "Brook, Maya", "Chen, Luis", "Diaz, Ana" })
        {
            await receiver.GotoAsync(app.Address + Page);
            await receiver.GetByRole(AriaRole.Button, new() { Name = $"Accept {name}" }).ClickAsync();
            await Expect(receiver.Locator(".accepted")).ToContainTextAsync($"{name} is yours.");
        }

        var told = giver.Locator("[data-notice=all-accepted]");
        await Expect(told).ToContainTextAsync("is accepted by Maria Ortiz. Was anything left out?", new() { Timeout = 40_000 });
        await giver.Keep("notice-all-accepted-1440.png");
        await using var office2 = await chrome.Browser.NewContextAsync();
        var elsewhere = await app.SignIn(office2, "tech", "/units");
        await Expect(elsewhere.Locator("[data-notice=all-accepted]")).ToBeVisibleAsync();
        await told.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(giver.Locator(".given")).ToContainTextAsync("Was anything left out?");
        await Expect(told).ToHaveCountAsync(0);

        // The words stay with the patient, and whoever gave is asked whether anything was left out.
        await receiver.GotoAsync($"{app.Address}/stays/{HandoffFixture.Brook}");
        await Expect(receiver.Locator(".stay-handoff")).ToContainTextAsync("Wants a call.");
        await Expect(receiver.Locator(".stay-handoff")).ToContainTextAsync("And she wants a call");
        await receiver.Keep("handoff-stay.png");
        await receiver.GotoAsync($"{app.Address}/units/{HandoffFixture.Unit}/handoff/print");
        await Expect(receiver.Locator(".paper-table")).ToContainTextAsync("Wants a call.");
        await giver.GotoAsync(app.Address + Page);
        await Expect(giver.Locator(".given")).ToContainTextAsync("Was anything left out?");
        await giver.Keep("handoff-given.png");
        await giver.Locator("summary", new() { HasText = "Add what was left out" }).ClickAsync();
        await giver.GetByLabel("Whom it is about").SelectOptionAsync(HandoffFixture.Brook.ToString());
        await giver.GetByLabel("What was left out").FillAsync("Her glasses are in the office");
        await giver.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await receiver.GotoAsync($"{app.Address}{Page}?stay={HandoffFixture.Brook}");
        await Expect(receiver.Locator("[data-news]")).ToContainTextAsync("Her glasses are in the office");
        await Expect(receiver.Locator("#handoff-due")).ToContainTextAsync("check by");
        await receiver.Keep("handoff-received.png");
        await giver.GetByRole(AriaRole.Button, new() { Name = "Nothing was left out" }).ClickAsync();
        await Expect(giver.Locator(".given")).ToHaveCountAsync(0);
        await giver.GotoAsync($"{app.Address}/units/{HandoffFixture.Unit}/board");
        await Expect(giver.Locator("[data-notice]")).ToHaveCountAsync(0);

        await app.Record(new OrderLevel(ObservationLevel.LineOfSight, "Calmer") { Key = HandoffFixture.Brook.ToString() });
        await receiver.GotoAsync($"{app.Address}{Page}?stay={HandoffFixture.Brook}");
        await Expect(receiver.Locator("[data-news]")).ToHaveCountAsync(2);
        await receiver.GotoAsync($"{app.Address}/units/{HandoffFixture.Unit}/board");
        await receiver.Keep("handoff-board.png");
        await Expect(receiver.Locator($"#card-{HandoffFixture.Brook} .card-care")).ToContainTextAsync("2 new since the handoff");
        await Expect(receiver.Locator($"#card-{HandoffFixture.Chen} .card-care")).ToHaveAttributeAsync("title", "Maria Ortiz");
    }

    [Fact]
    public async Task Beside_the_note_stand_the_entries_of_the_line_in_focus_and_no_others()
    {
        await app.Record(new OrderLevel(ObservationLevel.Q5, "Paces") { Key = HandoffFixture.Diaz.ToString() });
        await app.Record(new StartPrecaution(PrecautionKind.Fall, "Unsteady on her feet") { Key = HandoffFixture.Diaz.ToString() });
        await using var desk = await chrome.Browser.Screen(app);
        var page = await app.SignIn(desk, "nurse", $"{Page}?stay={HandoffFixture.Diaz}");
        await page.IsLive();
        var lines = await page.Locator(".note-line [data-evidence]").AllAsync();
        lines.Count.ShouldBeGreaterThan(1);
        foreach (var line in lines)
        {
            await line.FocusAsync();
            (
                await page.EvaluateAsync<string[]>(
                    "[...document.querySelectorAll('#handoff-evidence li')].filter(entry => entry.checkVisibility()).map(entry => entry.id)"
                )
            ).ShouldBe((await line.GetAttributeAsync("data-evidence"))!.Split(' ').Select(id => $"e-{id}"), ignoreOrder: true);
        }

        await page.Keep("handoff-evidence-1440.png");
    }

    private async Task<Care> Care(Guid stay) =>
        await app.Services.GetRequiredService<Log>().State<Care>(AppFixture.Facility, stay.ToString(), CancellationToken.None);

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 100 && !await holds(); tries++)
        {
            await Task.Delay(100);
        }

        (await holds()).ShouldBeTrue();
    }
}
