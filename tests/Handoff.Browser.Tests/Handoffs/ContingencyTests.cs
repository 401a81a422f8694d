using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Handoffs;

public sealed class ContingencyTests(HandoffFixture app, Chrome chrome) : IClassFixture<HandoffFixture>, IClassFixture<Chrome>
{
    private const string Says = "If elopement: call RN, offer the quiet room";

    [Fact]
    public async Task What_one_shift_foresees_comes_up_on_the_board_of_another_browser()
    {
        await using var desk = await chrome.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1440, Height = 2400 },
            }
        );
        await using var phone = await chrome.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var author = await app.SignIn(desk, "tech", $"/units/{HandoffFixture.Unit}/handoff?stay={HandoffFixture.Brook}");
        await author.Locator("summary", new() { HasText = "Write one for a later shift" }).ClickAsync();
        await Expect(author.GetByLabel("Which incident")).ToBeHiddenAsync();
        await author.GetByRole(AriaRole.Radio, new() { Name = "Incident" }).FocusAsync();
        await author.Keyboard.PressAsync("Space");
        await author.GetByLabel("Which incident").SelectOptionAsync("Elopement");
        await author.GetByLabel("Then", new() { Exact = true }).FillAsync("call RN, offer the quiet room");
        await author.Keep("contingency-form.png");
        (await author.Violations()).ShouldBeEmpty();
        await author.Keyboard.PressAsync("Enter");
        await Expect(author.Locator("#contingency-list")).ToContainTextAsync($"waits {Says}");
        await Expect(author.Locator("#contingency-list")).ToContainTextAsync("Jordan Kim, all day shift · from");
        await Expect(author.Locator("#lines-SituationAwareness")).ToContainTextAsync($"{Says} — Jordan Kim, all day shift");

        var receiver = await app.SignIn(phone, "nurse", $"/units/{HandoffFixture.Unit}/board");
        await receiver.IsLive();
        await app.By("charge", new TakeOver("Kim went home") { Key = HandoffFixture.Brook.ToString() });
        await Happens(HandoffFixture.Brook);
        var line = receiver.Locator($"#card-{HandoffFixture.Brook} .card-fired");
        await Expect(line).ToHaveTextAsync($"◆ {Says} — Kim, all day shift");
        await Expect(author.Locator("#contingency-list")).ToContainTextAsync("not answered yet");
        await receiver.Keep("contingency-board.png");
        (await receiver.Violations()).ShouldBeEmpty();

        await line.GetByRole(AriaRole.Link).ClickAsync();
        await receiver.GetByLabel("What was done").FillAsync("Walked with her");
        await receiver.GetByRole(AriaRole.Button, new() { Name = Says }).ClickAsync();
        await Expect(receiver.Locator(".stay-contingencies")).ToHaveCountAsync(0);
        await receiver.GotoAsync($"{app.Address}/units/{HandoffFixture.Unit}/board");
        await Expect(receiver.Locator($"#card-{HandoffFixture.Brook}")).ToBeVisibleAsync();
        await Expect(line).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_written_and_withdrawn_on_a_phone_with_and_without_a_script(bool hasScript)
    {
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var page = await app.SignIn(context, "tech", $"/units/{HandoffFixture.Unit}/handoff?stay={HandoffFixture.Chen}");
        await page.Locator("summary", new() { HasText = "Write one for a later shift" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "A time" }).CheckAsync();
        await page.GetByLabel("Then", new() { Exact = true }).FillAsync($"look at the wound ({hasScript})");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it for a later shift" }).ClickAsync();
        await Expect(page.Locator(".errors")).ToContainTextAsync("Say at what time.");
        await Expect(page.GetByLabel("Then", new() { Exact = true })).ToHaveValueAsync($"look at the wound ({hasScript})");
        await page.GetByRole(AriaRole.Radio, new() { Name = "How they are" }).CheckAsync();
        await page.GetByLabel("What is observed").SelectOptionAsync("Speech");
        await page.GetByRole(AriaRole.Radio, new() { Name = "severe" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it for a later shift" }).ClickAsync();
        var one = page.Locator(".contingency", new() { HasText = $"If speech severe: look at the wound ({hasScript})" });
        await Expect(one).ToContainTextAsync("waits");
        await one.Locator("summary").ClickAsync();
        await one.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await Expect(one).ToContainTextAsync("by Jordan Kim");
        (await Contingencies(HandoffFixture.Chen)).ShouldAllBe(c => !c.IsPending());
    }

    [Theory]
    [InlineData("nurse", "/units/{0}/handoff?stay={1}", "contingencies")]
    [InlineData("nurse", "/stays/{1}", "contingencies-stay")]
    public async Task Every_page_with_them_is_for_everybody(string account, string path, string name)
    {
        var diaz = HandoffFixture.Diaz.ToString();
        await app.By(
            "tech",
            new WriteContingency(
                ConditionKind.Incident,
                "call the sister, who can be reached until ten o’clock at the number in the chart, and offer the quiet room"
            )
            {
                Key = diaz,
            }
        );
        await app.By("tech", new WriteContingency(ConditionKind.CheckMissed, "look in the laundry room first") { Key = diaz });
        await app.By("charge", new TakeOver("Kim went home") { Key = diaz });
        await app.By("charge", new WriteContingency(ConditionKind.LevelChange, "tell the family") { Key = diaz });
        await Happens(HandoffFixture.Diaz);
        (await Contingencies(HandoffFixture.Diaz)).ShouldContain(c => c.IsUnanswered());
        (await app.Broken(chrome.Browser, account, string.Format(path, HandoffFixture.Unit, diaz), name)).ShouldBeEmpty();
    }

    private async Task Happens(Guid stay)
    {
        await app.Record(new OpenIncident(IncidentKind.Elopement, HandoffFixture.Unit, [stay]) { Key = Guid.CreateVersion7().ToString() });
        await app.Settle();
    }

    private async Task<IReadOnlyList<Contingency>> Contingencies(Guid stay) =>
        (
            await app.Services.GetRequiredService<Log>().State<Care>(AppFixture.Facility, stay.ToString(), CancellationToken.None)
        ).Contingencies;
}
