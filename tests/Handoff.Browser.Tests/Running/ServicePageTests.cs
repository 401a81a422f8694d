using Handoff.Api.Running;
using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Wolverine;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Running;

public sealed class ServicePageTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    [Fact]
    public async Task What_could_not_be_done_is_seen_done_again_and_given_up()
    {
        await Undone("ReactionOfALaterVersion", "OtherReactionOfALaterVersion");
        (await app.Broken(chrome.Browser, "manager", "/service", "service")).ShouldBeEmpty();

        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "manager", "/service");
        var first = page.Locator(".undone", new() { HasText = "Reaction of a later version" }).First;
        await first.GetByRole(AriaRole.Button, new() { Name = "Do it again" }).ClickAsync();
        await Expect(page.Locator(".saved")).ToContainTextAsync("It is being done again.");

        // It fails again, and comes back.
        await Expect(page.Locator(".undone")).ToHaveCountAsync(2, new() { Timeout = 20_000 });
        await Expect(page.GetByText("It is being done again.", new() { Exact = true })).ToHaveCountAsync(1, new() { Timeout = 20_000 });
        while (await page.Locator(".undone").CountAsync() is > 0 and var count)
        {
            var one = page.Locator(".undone").First;
            await one.GetByText("Give it up").First.ClickAsync();
            await one.GetByLabel("Why it needn't be done").FillAsync("It is of another version");
            await one.GetByRole(AriaRole.Button, new() { Name = "Give it up" }).ClickAsync();
            await Expect(page.Locator(".undone")).ToHaveCountAsync(count - 1);
        }

        await Expect(page.Locator(".service-well")).ToBeVisibleAsync();
        (await app.Broken(chrome.Browser, "manager", "/service", "service-well")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_concern_says_who_was_paged_and_who_was_not()
    {
        var concern = Guid.CreateVersion7().ToString();
        await app.Record(new EscalateConcern(NamedId.From("demo", "2-west", "201A"), Urgency.Urgent, "Will not get up") { Key = concern });
        await app.Record(new TellNotice(Domain.Access.Role.Nurse, "the paging service did not answer in time") { Key = concern });
        (await app.Broken(chrome.Browser, "charge", $"/escalations/{concern}", "escalation-not-paged")).ShouldBeEmpty();
        await app.Record(new TellNotice(Domain.Access.Role.Nurse, null) { Key = concern });
        (await app.Broken(chrome.Browser, "charge", $"/escalations/{concern}", "escalation-paged")).ShouldBeEmpty();
    }

    private async Task Undone(params string[] reactions)
    {
        await using var scope = app.Services.CreateAsyncScope();
        foreach (var reaction in reactions)
        {
            await scope
                .ServiceProvider.GetRequiredService<IMessageBus>()
                .PublishAsync(new ReactTo(AppFixture.Facility, reaction, "stay-1", 1));
        }

        var service = app.Services.GetRequiredService<ServiceReader>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await service.ForFacility(AppFixture.Facility, patience.Token)).DeadLetters.Count < reactions.Length)
        {
            await Task.Delay(100, patience.Token);
        }
    }
}
