using Handoff.Browser.Tests.Support;
using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Groups;

/// <summary>The grid in which attendance is recorded, and the pages around it, in a real browser.</summary>
public sealed class GroupsTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    private static readonly Guid First = NamedId.From("demo", "2-west", "201A"),
        Second = NamedId.From("demo", "2-west", "201B"),
        Third = NamedId.From("demo", "2-west", "202A");

    [Fact]
    public async Task Every_page_keeps_the_rules()
    {
        var session = await Held("A topic with quite a long name, so that one sees how it breaks on a phone");
        const string text = "Named one trigger and two things that help when angry, and listened to the others.";
        await app.Record(
            new RecordAttendance([
                new(First, AttendanceStatus.Attended, Participation: 3, Response: text),
                new(
                    Second,
                    AttendanceStatus.Late,
                    DateTimeOffset.UtcNow.AddMinutes(-30),
                    Participation: 2,
                    Response: text,
                    Quote: "It is hard"
                ),
                new(Third, AttendanceStatus.Declined),
            ])
            {
                Key = session.ToString(),
            }
        );
        var cancelled = await Planned("Walk", 0.5);
        await app.Record(new CancelGroup("Rain") { Key = cancelled.ToString() });
        await Planned("Art", 1);
        List<string> broken =
        [
            .. await app.Broken(chrome.Browser, "tech", $"/units/2-west/groups/{session}", "roster"),
            .. await app.Broken(chrome.Browser, "nurse", "/units/2-west/groups", "groups"),
            .. await app.Broken(chrome.Browser, "nurse", "/units/2-west/groups/new", "group-new"),
            .. await app.Broken(chrome.Browser, "tech", $"/stays/{First}", "stay-groups"),
        ];
        broken.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_grid_is_tapped_in_and_saved_as_one_on_a_phone()
    {
        var session = await Held("Coping skills");
        await using var context = await chrome.Browser.Screen(app, "light", 390, 844);
        var page = await app.SignIn(context, "tech", $"/units/2-west/groups/{session}");
        await Tap(page, First, "status", "Attended");
        await Tap(page, First, "participation", "3");
        await Tap(page, Second, "status", "Late");
        await Row(page, Second).Locator("summary").ClickAsync();
        await page.FillAsync($"[name='rows.{Second}.response']", "Came from the shower, then asked about sleep");
        await page.FillAsync($"[name='rows.{Second}.arrived']", DateTime.UtcNow.AddMinutes(-5).ToString("HH:mm"));
        await page.Keep("roster-open-390.png");
        await Save(page);
        await Expect(page.Locator(".errors")).ToContainTextAsync("That is not within the session. Check the time.");
        await page.Keep("roster-refused-390.png");
        await Expect(page.Locator($"[name='rows.{Second}.response']")).ToHaveValueAsync("Came from the shower, then asked about sleep");
        (await page.Violations()).ShouldBeEmpty();
        await page.FillAsync($"[name='rows.{Second}.arrived']", "");
        await Save(page);
        await Expect(page.Locator(".roster-saved")).ToHaveTextAsync("Saved: 2 rows.");
        await Expect(page.Locator("[data-roster-target=count]")).ToHaveTextAsync("2");
        await Save(page);
        await Expect(page.Locator(".roster-saved")).ToHaveTextAsync("Nothing had changed.");
    }

    [Fact]
    public async Task What_was_tapped_survives_a_closed_tab_and_is_merged_with_what_another_saved_meanwhile()
    {
        var session = await Held("Mindfulness");
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "tech", $"/units/2-west/groups/{session}");
        await Tap(page, First, "status", "Attended");
        while (!await page.EvaluateAsync<bool>("Object.keys(localStorage).some(key => key.includes('.group.'))"))
        {
            await Task.Delay(50);
        }

        await page.CloseAsync();
        await app.Record(new RecordAttendance([new(Second, AttendanceStatus.Asleep)]) { Key = session.ToString() });

        var again = await app.SignIn(context, "tech", $"/units/2-west/groups/{session}");
        await Expect(again.Locator("[data-roster-target=note]")).ToBeVisibleAsync();
        await Expect(Chip(again, First, "status", "Attended")).ToBeCheckedAsync();
        await Expect(Chip(again, Second, "status", "Asleep")).ToBeCheckedAsync();
        await Save(again);
        await Expect(again.Locator(".roster-saved")).ToHaveTextAsync("Saved: 1 row.");
        await Expect(Chip(again, Second, "status", "Asleep")).ToBeCheckedAsync();
        await Expect(again.Locator("[data-roster-target=note]")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_group_is_planned_for_each_week_held_and_the_rest_is_cancelled(bool hasScript)
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 1000, Height = 900 },
            }
        );
        var topic = $"Anger {hasScript}";
        var page = await app.SignIn(context, "nurse", "/units/2-west/groups/new");
        await page.Locator(".chip", new() { HasText = "Recreational" }).ClickAsync();
        await page.FillAsync("#topic", topic);
        await page.FillAsync("#day", DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd"));
        await page.FillAsync("#at", "10:30");
        await page.Locator(".chip", new() { HasText = DateTime.UtcNow.AddDays(2).DayOfWeek.ToString()[..3] }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan group" }).ClickAsync();
        await Expect(page.Locator(".errors")).ToContainTextAsync("Say until when it repeats.");
        await page.FillAsync("#until", DateTime.UtcNow.AddDays(18).ToString("yyyy-MM-dd"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan group" }).ClickAsync();
        await Expect(page.Locator(".groups-week")).ToContainTextAsync(topic);
        await page.GetByRole(AriaRole.Link, new() { Name = $"Cancel {topic}" }).ClickAsync();
        await page.FillAsync("#reason", "The facilitator is on leave");
        await page.Locator(".chip", new() { HasText = "all later ones" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel group" }).ClickAsync();
        await Expect(page.Locator(".groups-day")).ToContainTextAsync("Cancelled: The facilitator is on leave");
        await page.GetByRole(AriaRole.Link, new() { Name = "Week after" }).ClickAsync();
        await Expect(page.Locator(".groups-day")).ToContainTextAsync("Cancelled: The facilitator is on leave");
    }

    [Fact]
    public async Task A_unit_of_24_fits_one_screen()
    {
        var session = await Held("Goals");
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "tech", $"/units/2-west/groups/{session}");
        await page.Keep("roster-screen-1440.png");
        (await page.Locator(".roster-row").CountAsync()).ShouldBe(23);
        (
            await page.EvaluateAsync<int>("Math.ceil(document.querySelector('.roster-foot').getBoundingClientRect().bottom)")
        ).ShouldBeLessThanOrEqualTo(900);
    }

    private static ILocator Row(IPage page, Guid stay) => page.Locator($"[data-row='{stay}']");

    private static ILocator Chip(IPage page, Guid stay, string field, string value) =>
        page.Locator($"[name='rows.{stay}.{field}'][value='{value}']");

    private static Task Tap(IPage page, Guid stay, string field, string value) => Chip(page, stay, field, value).ClickAsync();

    private static Task Save(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Save attendance" }).ClickAsync();

    private async Task<Guid> Planned(string topic, double hours)
    {
        var session = Guid.NewGuid();
        await app.Record(
            new ScheduleGroup(
                "2-west",
                GroupType.Educational,
                topic,
                "R. Vance, MHT",
                DateTimeOffset.UtcNow.AddHours(hours),
                45,
                "Group room",
                12,
                "Name two skills"
            )
            {
                Key = session.ToString(),
            }
        );
        return session;
    }

    private async Task<Guid> Held(string topic)
    {
        var session = await Planned(topic, -1);
        await app.Record(new StartGroup(DateTimeOffset.UtcNow.AddMinutes(-50)) { Key = session.ToString() });
        return session;
    }
}
