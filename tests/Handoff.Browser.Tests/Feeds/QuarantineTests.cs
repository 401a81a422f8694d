using System.Net.Http.Headers;
using System.Text;
using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Simulator.Demo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Feeds;

public sealed class QuarantineTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    [Fact]
    public async Task Who_may_not_mend_the_feed_sees_no_messages()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "nurse", "/units/3-east/rounds");
        (await page.GotoAsync($"{app.Address}/adt/quarantine"))!.Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_held_message_is_mended_and_its_patient_is_on_the_board()
    {
        await Send("Q1", "9-nowhere^12^A");
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", "/adt/quarantine");
        await page.Locator(".held", new() { HasText = "Q1" }).ClickAsync();
        await Expect(page.Locator(".fault")).ToContainTextAsync("PV1-3");
        await Expect(page.Locator(".segment > div[data-wrong]")).ToContainTextAsync("9-nowhere");

        var text = await page.InputValueAsync("#text");
        await page.FillAsync("#text", text.Replace("9-nowhere", "8-nowhere", StringComparison.Ordinal));
        await Press(page, "Replay");
        await Expect(page.Locator(".errors")).ToContainTextAsync("PV1-3");
        await Expect(page.Locator("#text")).ToHaveValueAsync(text.Replace("9-nowhere", "8-nowhere", StringComparison.Ordinal));

        await page.FillAsync("#text", text.Replace("9-nowhere^12^A", "3-east^^", StringComparison.Ordinal));
        await Press(page, "Replay");
        await Expect(page.Locator(".saved")).ToContainTextAsync("The message was applied.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the patient" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Testova, Q1");
        await Expect(page.Locator(".patient-where")).ToContainTextAsync("3 East");
    }

    [Fact]
    public async Task A_message_is_set_aside_only_with_a_reason()
    {
        await Send("Q2", "9-nowhere^12^A");
        await using var context = await chrome.Browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await app.SignIn(context, "charge", "/adt/quarantine");
        await page.Locator(".held", new() { HasText = "Q2" }).ClickAsync();
        await page.FillAsync("#reason", "   ");
        await Press(page, "Set aside");
        await Expect(page.Locator("#reason-error")).ToContainTextAsync("Say why the message is set aside");
        await page.FillAsync("#reason", "A test of the interface team");
        await Press(page, "Set aside");
        await Expect(page.Locator(".saved")).ToContainTextAsync("set aside");
        await Expect(page.Locator(".held", new() { HasText = "Q2" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Garbage_is_shown_as_it_came()
    {
        await Post("<script>alert('x')</script> \u05e9\u05dc\u05d5\u05dd not HL7 at all");
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", "/adt/quarantine");
        await page.Locator(".held", new() { HasText = "begin with MSH" }).First.ClickAsync();
        await Expect(page.Locator(".segments")).ToContainTextAsync("<script>alert('x')</script>");
    }

    [Fact]
    public async Task The_quarantine_keeps_the_rules_of_every_page()
    {
        await Send("Q3", "9-nowhere^12^A");
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", "/adt/quarantine");
        var one = (await page.Locator(".held", new() { HasText = "Q3" }).GetAttributeAsync("href"))!;
        (await app.Broken(chrome.Browser, "charge", "/adt/quarantine", "quarantine")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "charge", one, "held")).ShouldBeEmpty();
    }

    [Fact]
    public async Task All_messages_of_a_kind_are_set_aside_with_one_reason()
    {
        await Send("Q4", "9-nowhere^12^A");
        await Send("Q5", "9-nowhere^12^A", "A06");
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", "/adt/quarantine");
        await page.Locator(".cause", new() { HasText = "no such unit" }).ClickAsync();
        await page.FillAsync("#reason", " ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set all" }).ClickAsync();
        await Expect(page.Locator("#reason-error")).ToContainTextAsync("Say why");
        await page.FillAsync("#reason", "No unit of ours");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set all" }).ClickAsync();
        await Expect(page.Locator(".saved")).ToContainTextAsync("set aside");
        await Expect(page.Locator(".held", new() { HasText = "no such unit" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_two_patients_of_a_mismatch_stand_side_by_side()
    {
        await Send("Q6", "3-east^316");
        await Post(Message("Q7", "3-east^316", "A03").Replace("VQ7", "VQ6", StringComparison.Ordinal));
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", "/adt/quarantine");
        await page.Locator(".held", new() { HasText = "Q7" }).ClickAsync();
        await Expect(page.Locator(".two-patients")).ToContainTextAsync("Testova, Q7");
        await Expect(page.Locator(".two-patients")).ToContainTextAsync("Testova, Q6");
        (await app.Broken(chrome.Browser, "charge", new Uri(page.Url).AbsolutePath, "mismatch")).ShouldBeEmpty();
    }

    private static Task Press(IPage page, string words) =>
        page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).ClickAsync();

    private async Task Send(string id, string place, string trigger = "A01")
    {
        await HoldUnknownPlaces();
        await Post(Message(id, place, trigger));
    }

    private static string Message(string id, string place, string trigger) =>
        string.Join(
            '\r',
            $@"MSH|^~\&|REG|NORTH|HANDOFF|NORTH|{Now}||ADT^{trigger}|{id}|P|2.5.1",
            $"EVN|{trigger}|{Now}",
            $"PID|1||{id}^^^NORTH^MR||Testova^{id}||19840229|F",
            $"PV1|1|I|{place}||||||||||||||||V{id}|||||||||||||||||||||||||{Now}"
        ) + "\r";

    private async Task HoldUnknownPlaces()
    {
        var manager = new Actor(new("manager", "A manager", Role.Manager), new Facility().PermissionsOf(Role.Manager));
        foreach (
            var command in (Command<Feed>[])[new KnowFeed("REG", "NORTH"), new SetFeedPlaces([], FeedAction.Hold, Feed.UsualOutpatients)]
        )
        {
            (
                await app
                    .Services.GetRequiredService<Log>()
                    .Send(
                        DemoFacility.Id,
                        new(command with { Key = Feed.KeyOf("REG", "NORTH").ToString() }, manager, Guid.CreateVersion7())
                    )
            ).Refusal.ShouldBeNull();
        }
    }

    private static string Now => DateTime.UtcNow.ToString("yyyyMMddHHmmss") + "+0000";

    private async Task Post(string message)
    {
        using var client = new HttpClient();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(message))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/hl7-v2") },
        };
        client.DefaultRequestHeaders.Add("X-Api-Key", AppFixture.Key);
        (await client.PostAsync(new Uri($"{app.Address}/api/adt"), content)).EnsureSuccessStatusCode();
    }
}
