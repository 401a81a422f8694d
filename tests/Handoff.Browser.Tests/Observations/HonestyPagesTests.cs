using Handoff.Browser.Tests.Support;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Observations;

/// <summary>What is not in order about how somebody is watched stands where whoever comes looks first, and is answered there.</summary>
public sealed class HonestyPagesTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    private static readonly string Ana = NamedId.From("demo", "3-east", "303").ToString();
    private static readonly string Other = NamedId.From("demo", "3-east", "304").ToString();

    [Fact]
    public async Task Breathing_not_seen_stands_on_the_page_until_somebody_writes_what_they_found()
    {
        await app.Record(new RecordCheck("Room", true, true) { Key = Ana });
        var look = await app.Record(new RecordCheck("Room", true, false) { Key = Ana });
        await app.Record(new OrderLevel(ObservationLevel.Q5, "Not breathing at a look") { Key = Ana });
        await app.Settle();
        foreach (
            var (account, path, name) in new[]
            {
                ("nurse", $"/stays/{Ana}", "alarm-stay"),
                ("nurse", $"/stays/{Ana}/seen-to", "alarm-seen-to"),
                ("nurse", $"/stays/{Ana}/strike-check?check={look.Events![0]}", "alarm-strike"),
                ("charge", $"/stays/{Other}/pause", "pause"),
                ("nurse", $"/stays/{Ana}/timeline", "alarm-timeline"),
                ("tech", "/units/3-east/rounds", "alarm-rounds"),
            }
        )
        {
            (await app.Broken(chrome.Browser, account, path, name)).ShouldBeEmpty();
        }

        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "nurse", $"/stays/{Ana}");
        await page.GetByRole(AriaRole.Link, new() { Name = "I have seen to it" }).ClickAsync();
        await page.FillAsync("#found", "Breathing, turned to the wall");
        await page.GetByRole(AriaRole.Button, new() { Name = "I have seen to it" }).ClickAsync();
        await Expect(page.Locator(".story")).ToContainTextAsync("Breathing, turned to the wall");
        await Expect(page.Locator(".alarm")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Any_check_is_struck_from_the_timeline_with_a_reason()
    {
        await app.Record(new RecordCheck("Courtyard", false) { Key = Other });
        foreach (var place in (string[])["Room", "Hallway", "Room", "Hallway", "Room"])
        {
            await app.Record(new RecordCheck(place, false, Remark: "x") { Key = Other });
        }

        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "tech", $"/stays/{Other}/timeline");
        await page.Locator("div.told", new() { HasText = "Courtyard" })
            .First.GetByRole(AriaRole.Link, new() { Name = "Entered in error" })
            .ClickAsync();
        await Expect(page.Locator("blockquote")).ToContainTextAsync("Courtyard");
        await page.FillAsync("#reason", "It was the other Ana");
        await page.GetByRole(AriaRole.Button, new() { Name = "Strike the check" }).ClickAsync();
        await Expect(page.Locator("div.told", new() { HasText = "Courtyard" }).First).ToContainTextAsync("It was the other Ana");
    }

    [Fact]
    public async Task A_pause_is_chosen_from_the_units_reasons_and_a_longer_one_is_refused_beside_its_field()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", $"/stays/{Other}/pause");
        await page.Locator(".chip", new() { HasText = "Court" }).ClickAsync();
        await page.FillAsync("#with", "Officer Lane");
        await page.FillAsync("#returnDay", DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd"));
        await page.FillAsync("#expectedReturn", "12:00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause checks" }).ClickAsync();
        await Expect(page.Locator("#expectedReturn-error")).ToContainTextAsync("lasts at most 4 h 00 min");
        await Expect(page.Locator("#with")).ToHaveValueAsync("Officer Lane");
    }

    [Fact]
    public async Task A_check_dated_inside_an_absence_is_asked_about_in_the_form_and_kept_with_its_mark()
    {
        var away = NamedId.From("demo", "3-east", "305").ToString();
        await app.Record(
            new PauseObservation("procedure", DateTimeOffset.UtcNow.AddHours(1)) { Key = away },
            new("osei", "Samuel Osei", Domain.Access.Role.ChargeNurse)
        );
        var during = DateTimeOffset.UtcNow;
        await Task.Delay(50);
        await app.Record(new ResumeObservation { Key = away });
        await using var context = await chrome.Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await app.SignIn(context, "tech", $"/units/3-east/rounds?open={away}");
        var form = page.Locator($"#round-{away}");
        await Say(form, during);
        await Expect(page.Locator("#seenWhileAway-error")).ToContainTextAsync("recorded as away from");
        (await app.Broken(chrome.Browser, "tech", $"/units/3-east/rounds?open={away}", "rounds-away")).ShouldBeEmpty();
        await form.Locator("input[name=seenWhileAway]").CheckAsync(new() { Force = true });
        await Say(form, during);
        await page.GotoAsync($"{app.Address}/stays/{away}");
        await Expect(page.Locator(".story")).ToContainTextAsync("at a time when the patient is recorded as away");
    }

    [Fact]
    public async Task Without_leaving_the_page_a_check_inside_a_leave_is_asked_about_and_confirmed()
    {
        var (away, now) = (NamedId.From("demo", "3-east", "306").ToString(), DateTimeOffset.UtcNow);
        Staff charge = new("osei", "Samuel Osei", Domain.Access.Role.ChargeNurse);
        await app.Record(new StartLeave(LeaveKind.Pass, now.AddHours(1), At: now.AddMinutes(-20)) { Key = away }, charge);
        await using var context = await chrome.Browser.Screen(app, "light", 390, 844);
        var page = await app.SignIn(context, "tech", $"/stays/{away}");
        await Expect(page.Locator(".story")).ToContainTextAsync("Safety checks paused");
        await app.Record(new EndLeave(now.AddMinutes(-4)) { Key = away }, charge);
        await Expect(page.Locator(".story")).ToContainTextAsync("Safety checks go on");
        await page.GotoAsync($"{app.Address}/units/3-east/rounds?open={away}");
        await page.IsLive();
        var row = page.Locator($"[data-round='{away}']");
        await row.Locator("[aria-label^='Activity, remark']").CheckAsync(new() { Force = true });
        await row.Locator("#at")
            .FillAsync(now.AddMinutes(-12).ToLocalTime().ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await row.Locator("input[name=place]").First.CheckAsync(new() { Force = true });
        await row.Locator("input[name=how]").First.CheckAsync(new() { Force = true });
        await row.GetByRole(AriaRole.Button, new() { Name = "Record check" }).ClickAsync();
        await page.Locator("[data-outbox-correct]").ClickAsync();
        await Expect(row.Locator(".error")).ToContainTextAsync("recorded as away from");
        await page.Keep("rounds-away-390.png");
        var seen = row.Locator("input[name=seenWhileAway]");
        await seen.EvaluateAsync("box => box.scrollIntoView({ block: 'center' })");
        await seen.CheckAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Record check" }).ClickAsync();
        await Expect(page.Locator("[data-outbox-note]")).ToBeHiddenAsync();
        await page.GotoAsync($"{app.Address}/stays/{away}");
        await Expect(page.Locator(".story")).ToContainTextAsync("at a time when the patient is recorded as away");
    }

    private static async Task Say(ILocator form, DateTimeOffset seen)
    {
        await form.Locator("input[name=seenAt]").EvaluateAsync("(field, at) => field.value = at", seen.ToString("O"));
        await form.Locator("input[name=place]").First.CheckAsync(new() { Force = true });
        await form.Locator("input[name=how]").First.CheckAsync(new() { Force = true });
        await form.GetByRole(AriaRole.Button, new() { Name = "Record check" }).ClickAsync();
    }
}
