using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Units;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Units;

public sealed class SetUpTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    [Theory]
    [InlineData("/units/2-west/set-up")]
    [InlineData("/units/new")]
    [InlineData("/facility/scope")]
    public async Task Who_may_not_set_up_is_turned_away(string path)
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", "/units/2-west/rounds");
        (await page.GotoAsync(app.Address + path))!.Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_unit_is_added_and_set_up_part_by_part()
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1000, Height = 1200 },
            }
        );
        var page = await app.SignIn(context, "manager", "/units/new");
        await page.FillAsync("#unit", "4 North");
        await page.FillAsync("#name", "4 North");
        await Press(page, "Add unit");
        await Expect(page.Locator("#unit-error")).ToContainTextAsync("small letters");
        await page.FillAsync("#unit", "4-north");
        await Press(page, "Add unit");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Set up 4 North");

        await page.FillAsync("#beds", "401\n402\n\n403");
        await Press(page, "Save beds");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Beds saved");
        await page.Locator(".chip", new() { HasText = "Our own" }).ClickAsync();
        await page.FillAsync("#shifts", "Day 06:00-18:00\nNight eighteen to six");
        await Press(page, "Save shifts");
        await Expect(page.Locator("#shifts-error")).ToContainTextAsync("Night eighteen to six");
        await page.FillAsync("#shifts", "Day 06:00-18:00\nNight 18:00–06:00");
        await Press(page, "Save shifts");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Shifts saved");
        await page.FillAsync("#name-OneToOne", "Arm's length");
        await page.FillAsync("#limit-Q15", "10");
        await Press(page, "Save observation levels");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Observation levels saved");
        await page.FillAsync("#places", "Bedroom\nLounge\nHall");
        await Press(page, "Save places");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Places saved");
        await page.Locator("#part-handoff .chip", new() { HasText = "PSYCH" }).ClickAsync();
        await Press(page, "Save handoff note");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Handoff note saved");
        await page.Locator("#part-ladder .chip", new() { HasText = "supervisor" }).ClickAsync();
        await page.FillAsync("#after-ChargeNurse", "0");
        await Press(page, "Save concerns");
        await Expect(page.Locator("#rungs-error")).ToContainTextAsync("its own minute");
        await page.FillAsync("#after-ChargeNurse", "3");
        await Press(page, "Save concerns");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Concerns saved");

        var unit = await app.Services.GetRequiredService<Log>().State<Unit>(AppFixture.Facility, "4-north", CancellationToken.None);
        unit.Beds.ShouldBe(["401", "402", "403"]);
        unit.Shifts.ShouldBe([new("Day", new(6, 0), new(18, 0)), new("Night", new(18, 0), new(6, 0))]);
        unit.Local(ObservationLevel.OneToOne).Name.ShouldBe("Arm's length");
        unit.Local(ObservationLevel.Q15).LimitMinutes.ShouldBe(10);
        unit.Places.ShouldBe(["Bedroom", "Lounge", "Hall"]);
        unit.Template.ShouldBe(HandoffTemplate.Psych);
        unit.Ladder.ShouldBe([new(Role.Nurse, 0), new(Role.ChargeNurse, 3), new(Role.Prescriber, 15)]);
    }

    [Fact]
    public async Task A_limit_longer_than_the_levels_own_is_refused_and_kept_in_the_form()
    {
        await using var context = await chrome.Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await app.SignIn(context, "manager", "/units/3-east/set-up");
        await page.EvaluateAsync("document.querySelector('#limit-Q5').removeAttribute('max')");
        await page.FillAsync("#limit-Q5", "20");
        await Press(page, "Save observation levels");
        await Expect(page.Locator("#levels-error")).ToContainTextAsync("never longer");
        await Expect(page.Locator("#limit-Q5")).ToHaveValueAsync("20");
    }

    [Fact]
    public async Task Pauses_and_watch_rules_are_set_without_a_script_and_answered_at_the_line()
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = false,
                ViewportSize = new() { Width = 1000, Height = 1200 },
            }
        );
        var page = await app.SignIn(context, "manager", "/units/3-east/set-up");
        await page.FillAsync("#reason-6", "Nap");
        await page.FillAsync("#minutes-0", "");
        await Press(page, "Save pauses");
        await Expect(page.Locator("#reason-6-error")).ToContainTextAsync("whom somebody else has");
        await Expect(page.Locator("#minutes-0-error")).ToContainTextAsync("in minutes");
        await page.FillAsync("#reason-6", "Dialysis");
        await page.FillAsync("#minutes-6", "300");
        await page.FillAsync("#minutes-0", "120");
        await page.FillAsync("#reason-1", "");
        await Press(page, "Save pauses");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Pauses saved");

        await page.FillAsync("#missesInARow", "3");
        await page.Locator("#bathrooms .chip", new() { HasText = "Quiet room" }).ClickAsync();
        await Press(page, "Save missed checks and bathrooms");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Missed checks and bathrooms saved");

        var unit = await app.Services.GetRequiredService<Log>().State<Unit>(AppFixture.Facility, "3-east", CancellationToken.None);
        unit.PauseReasons.Select(reason => $"{reason.Id} {reason.LongestMinutes}")
            .ShouldBe(["procedure 120", "visit 240", "court 240", "other-unit 240", "emergency-department 240", "dialysis 300"]);
        (
            unit.WatchRules.MissesInARow,
            unit.WatchRules.BathroomMinutes,
            unit.WatchRules.IsBathroom("Quiet room"),
            unit.WatchRules.IsBathroom("Shower")
        ).ShouldBe((3, 5, true, true));
    }

    [Fact]
    public async Task The_scope_of_practice_changes_at_once()
    {
        await using var floor = await chrome.Browser.NewContextAsync();
        var tech = await app.SignIn(floor, "tech", "/units/3-east/rounds");
        (await tech.GotoAsync($"{app.Address}/units/3-east/admit"))!.Status.ShouldBe(403);

        await using var office = await chrome.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1200, Height = 900 },
            }
        );
        var page = await app.SignIn(office, "manager", "/facility/scope");
        await page.Locator($"#{Permission.MovePatients} .chip", new() { HasText = "Technician" }).ClickAsync();
        await Press(page, "Save who may do what");
        await Expect(page.Locator(".saved")).ToBeVisibleAsync();
        (await tech.GotoAsync($"{app.Address}/units/3-east/admit"))!.Status.ShouldBe(200);

        await page.Locator($"#{Permission.ConfigureFacility} .chip", new() { HasText = "Manager" }).ClickAsync();
        await Press(page, "Save who may do what");
        await Expect(page.Locator($"#{Permission.ConfigureFacility}-error")).ToContainTextAsync("Somebody must be able to change");
    }

    [Theory]
    [InlineData("/units/2-west/set-up", "set-up")]
    [InlineData("/units/new", "new-unit")]
    [InlineData("/facility/scope", "scope")]
    public async Task Set_up_keeps_the_rules_of_every_page(string path, string name) =>
        (await app.Broken(chrome.Browser, "manager", path, name)).ShouldBeEmpty();

    private static Task Press(IPage page, string words) => page.GetByRole(AriaRole.Button, new() { Name = words }).ClickAsync();
}
