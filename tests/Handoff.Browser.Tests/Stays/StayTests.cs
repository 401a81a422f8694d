using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Stays;

public sealed class StayTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    private static readonly string Ana = NamedId.From("demo", "3-east", "303").ToString();

    [Fact]
    public async Task Who_may_not_move_patients_sees_no_form_and_is_turned_away()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "tech", $"/stays/{Ana}");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Raise level" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Discharge" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Who read this record" })).ToHaveCountAsync(0);
        foreach (var act in (string[])["discharge", "move", "leave", "details", "readers"])
        {
            (await page.GotoAsync($"{app.Address}/stays/{Ana}/{act}"))!.Status.ShouldBe(403);
        }

        (await context.APIRequest.PostAsync($"{app.Address}/stays/{Ana}/discharge")).Status.ShouldBe(403);
        (await page.GotoAsync($"{app.Address}/stays/{Guid.NewGuid()}"))!.Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_no_form()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        await app.SignIn(context, "nurse", $"/stays/{Ana}");
        var fields = context.APIRequest.CreateFormData();
        fields.Set("at", "");
        (await context.APIRequest.PostAsync($"{app.Address}/stays/{Ana}/discharge", new() { Form = fields })).Status.ShouldBe(400);
        await Expect((await app.SignIn(context, "nurse", $"/stays/{Ana}")).Locator(".patient-where")).ToContainTextAsync("bed 303");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_patient_is_admitted_moved_sent_on_leave_and_discharged(bool hasScript)
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 820, Height = 1100 },
            }
        );
        var page = await app.SignIn(context, "nurse", "/units/3-east/admit");
        await page.FillAsync("#mrn", $"M-{hasScript}");
        await page.FillAsync("#family", "O'Brien-Müller עברית");
        await page.FillAsync("#given", "Zoë 🌻");
        await page.FillAsync("#born", "1990-02-28");
        await page.Locator(".chip").Last.ClickAsync();
        await Press(page, "Admit patient");
        await page.WaitForURLAsync("**/stays/*");
        await Expect(page.Locator("h1")).ToHaveTextAsync("O'Brien-Müller עברית, Zoë 🌻");
        var stay = page.Url.Split('/', '?', '#')[4];
        await app.Settle();

        await Go(page, stay, "Move");
        await page.SelectOptionAsync("#bed", new SelectOptionValue { Label = "2 West, no bed yet" });
        await Press(page, "Move patient");
        await Expect(page.Locator(".patient-where")).ToContainTextAsync("2 West, no bed yet");

        await Go(page, stay, "Leaves the unit");
        await page.Locator(".chip", new() { HasText = "Court" }).ClickAsync();
        await page.FillAsync("#returnDay", DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd"));
        await page.FillAsync("#expectedReturn", "16:30");
        await Press(page, "Record leave");
        await Expect(page.Locator(".story")).ToContainTextAsync("at court; expected back");
        await app.Settle();
        await page.GotoAsync($"{app.Address}/stays/{stay}");
        await Press(page, "Back on the unit");
        await Expect(page.Locator(".story")).ToContainTextAsync("Back on the unit at");

        await Go(page, stay, "Discharge");
        await Press(page, "Discharge patient");
        await Expect(page.Locator(".patient-where")).ToContainTextAsync("Discharged");
        await page.Locator(".toast").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Locator(".story")).ToContainTextAsync("The discharge was cancelled");
        await Expect(page.Locator(".patient-where")).ToContainTextAsync("2 West");
    }

    [Fact]
    public async Task A_refused_admission_keeps_every_word()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "nurse", "/units/3-east/admit");
        await page.FillAsync("#mrn", "M-2");
        await page.FillAsync("#family", "Nguyễn");
        await page.FillAsync("#given", new string('ß', 200));
        await page.FillAsync(
            "#at",
            (await app.Services.GetRequiredService<Log>().State<Unit>(AppFixture.Facility, "3-east", CancellationToken.None))
                .Time()
                .Clock(DateTimeOffset.UtcNow.AddHours(2))
        );
        await Press(page, "Admit patient");
        await Expect(page.Locator(".errors")).ToBeFocusedAsync();
        await Expect(page.Locator("#at-error")).ToContainTextAsync("That time has not come yet");
        await Expect(page.Locator("#family")).ToHaveValueAsync("Nguyễn");
        await Expect(page.Locator("#given")).ToHaveValueAsync(new string('ß', 200));
        await page.FillAsync("#at", "");
        await Press(page, "Admit patient");
        await Expect(page.Locator("h1")).ToContainTextAsync("Nguyễn");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(1280);
    }

    [Fact]
    public async Task A_button_that_is_refused_says_why()
    {
        var log = app.Services.GetRequiredService<Log>();
        var (left, again) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        foreach (
            var command in (ICommand[])
                [
                    new Admit("M-50", "Back", "Again", "3-east", null) { Key = left },
                    new Discharge { Key = left },
                    new Admit("M-50", "Back", "Again", "3-east", null) { Key = again },
                ]
        )
        {
            (await log.Send(AppFixture.Facility, new(command, Actor.Clock, Guid.CreateVersion7()))).Refusal.ShouldBeNull();
        }

        await app.Settle();
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "nurse", $"/stays/{left}");
        await Press(page, "Cancel the discharge");
        await Expect(page.Locator("h1")).ToHaveTextAsync("That was not recorded");
        await Expect(page.Locator(".problem")).ToContainTextAsync("The patient was admitted again since: 3 East");
    }

    [Fact]
    public async Task A_form_sent_twice_admits_once()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "nurse", "/units/3-east/admit");
        var fields = await Fields(page, ("mrn", "M-3"), ("family", "Twice"), ("given", "Sent"));
        var first = await context.APIRequest.PostAsync($"{app.Address}/units/3-east/admit", new() { Form = fields, MaxRedirects = 0 });
        var second = await context.APIRequest.PostAsync($"{app.Address}/units/3-east/admit", new() { Form = fields, MaxRedirects = 0 });
        first.Status.ShouldBe(303);
        second.Headers["location"].ShouldBe(first.Headers["location"]);
    }

    [Fact]
    public async Task Ten_megabytes_are_too_much_and_the_page_says_so()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "nurse", "/units/3-east/admit");
        var fields = await Fields(page, ("mrn", "M-4"), ("family", new string('x', 10_000_000)));
        var answer = await context.APIRequest.PostAsync(
            $"{app.Address}/units/3-east/admit",
            new()
            {
                Form = fields,
                Headers = new Dictionary<string, string> { ["Accept"] = "text/html" },
            }
        );
        answer.Status.ShouldBe(413);
        (await answer.TextAsync()).ShouldContain("That is too large");
    }

    [Fact]
    public async Task Control_characters_and_direction_overrides_are_not_kept()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "nurse", "/units/3-east/admit");
        var fields = await Fields(page, ("mrn", "M-5"), ("family", "Ab\u0007ernathy\u202e"), ("given", "\u202eJo"));
        var answer = await context.APIRequest.PostAsync($"{app.Address}/units/3-east/admit", new() { Form = fields });
        (
            await context.APIRequest.PostAsync(
                $"{app.Address}/units/3-east/admit",
                new() { Form = await Fields(page, ("family", "\u0000")) }
            )
        ).Status.ShouldBe(400);
        (await answer.TextAsync()).ShouldContain("<bdi>Ab ernathy, Jo</bdi>");
    }

    [Fact]
    public async Task Anyone_on_the_floor_raises_a_level_and_only_a_prescriber_lowers_it()
    {
        var stay = NamedId.From("demo", "3-east", "305").ToString();
        await using var floor = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(floor, "tech", $"/stays/{stay}/level");
        await Expect(page.Locator(".chip", new() { HasText = "Q60" })).ToHaveCountAsync(0);
        await page.Locator(".chip", new() { HasText = "Line of sight" })
            .Or(page.Locator(".chip", new() { HasText = "LOS" }))
            .First.ClickAsync();
        await page.FillAsync("#reason", "Tied a sheet to the door");
        await Press(page, "Raise level");
        await Expect(page.Locator(".patient-who .card-level")).ToHaveTextAsync("LOS");

        var fields = await Fields(await app.SignIn(floor, "tech", $"/stays/{stay}/level"), ("level", "Q60"), ("reason", "Calm now"));
        var refused = await floor.APIRequest.PostAsync($"{app.Address}/stays/{stay}/level", new() { Form = fields });
        refused.Status.ShouldBe(403);
        (await refused.TextAsync()).ShouldContain("Only a prescriber lowers an observation level.");

        await using var office = await chrome.Browser.NewContextAsync();
        var order = await app.SignIn(office, "prescriber", $"/stays/{stay}/level");
        await order.Locator(".chip", new() { HasText = "Q30" }).ClickAsync();
        await order.FillAsync("#reason", "Reviewed with the team");
        await Press(order, "Order level");
        await Expect(order.Locator(".patient-who .card-level")).ToHaveTextAsync("Q30");
    }

    [Fact]
    public async Task Calm_checks_are_one_line_and_a_late_one_says_so()
    {
        var stay = NamedId.From("demo", "3-east", "307").ToString();
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await app.Record(new RecordCheck("Room", false, Activity: Activity.Calm) { Key = stay });
        }

        await app.Record(new RecordCheck("Hallway", false, Remark: "Asked for the time", At: DateTimeOffset.UtcNow) { Key = stay });
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", $"/stays/{stay}");
        await Expect(page.Locator(".told-calm summary")).ToContainTextAsync("checks");
        await Expect(page.Locator(".story")).ToContainTextAsync("Asked for the time");
        await Expect(page.Locator(".story")).ToContainTextAsync("late entry");
        await page.GetByRole(AriaRole.Link, new() { Name = "Who read this record" }).ClickAsync();
        await Expect(page.Locator(".story-day").First).ToContainTextAsync("Samuel Osei");
    }

    [Theory]
    [InlineData("charge", "")]
    [InlineData("prescriber", "/level")]
    [InlineData("charge", "/leave")]
    [InlineData("charge", "/pause")]
    [InlineData("charge", "/move")]
    [InlineData("charge", "/details")]
    [InlineData("charge", "/discharge")]
    [InlineData("charge", "/readers")]
    public async Task A_patients_pages_keep_the_rules_of_every_page(string account, string path) =>
        (await app.Broken(chrome.Browser, account, $"/stays/{Ana}{path}", "stay" + path.Replace('/', '-'))).ShouldBeEmpty();

    [Fact]
    public async Task The_admission_form_keeps_the_rules_of_every_page() =>
        (await app.Broken(chrome.Browser, "nurse", "/units/3-east/admit", "admit")).ShouldBeEmpty();

    private static Task Press(IPage page, string words) => page.GetByRole(AriaRole.Button, new() { Name = words }).ClickAsync();

    private async Task Go(IPage page, string stay, string words)
    {
        await page.GotoAsync($"{app.Address}/stays/{stay}");
        await page.GetByRole(AriaRole.Link, new() { Name = words, Exact = true }).ClickAsync();
        await Expect(page.Locator(".act")).ToBeVisibleAsync();
    }

    private static async Task<IFormData> Fields(IPage page, params (string Name, string Value)[] typed)
    {
        var fields = page.Context.APIRequest.CreateFormData();
        foreach (var name in (string[])["__RequestVerificationToken", "request"])
        {
            fields.Set(name, (await page.Locator($"main input[name={name}]").First.GetAttributeAsync("value"))!);
        }

        foreach (var (name, value) in typed)
        {
            fields.Set(name, value);
        }

        return fields;
    }
}
