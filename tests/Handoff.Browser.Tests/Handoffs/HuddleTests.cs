using Handoff.Api.Store;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Handoffs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Handoffs;

public sealed class HuddleTests(HandoffFixture app, Chrome chrome) : IClassFixture<HandoffFixture>, IClassFixture<Chrome>
{
    private const string Page = $"/units/{HandoffFixture.Unit}/handoff/huddle";

    private static readonly Guid[] Patients = [HandoffFixture.Brook, HandoffFixture.Chen, HandoffFixture.Diaz];

    [Fact]
    public async Task In_a_huddle_every_screen_follows_but_nobody_is_taken_away_from_what_they_write()
    {
        foreach (var stay in Patients)
        {
            await app.By("charge", new TakeOver("For the huddle") { Key = $"{stay}" });
            await app.By("charge", new JudgeSeverity(IllnessSeverity.Watcher) { Key = $"{stay}" });
            await app.By("charge", new SubmitHandoff(1, [], null) { Key = $"{stay}" });
        }

        await using var one = await chrome.Browser.NewContextAsync();
        await using var other = await chrome.Browser.NewContextAsync();
        var (speaks, follows) = (await app.SignIn(one, "charge", Page), await app.SignIn(other, "manager", Page));
        await follows.IsLive();
        await speaks.GetByRole(AriaRole.Button, new() { Name = "Begin with" }).ClickAsync();
        var first = await speaks.Locator(".huddle-patient h2").InnerTextAsync();
        await Expect(follows.Locator(".huddle-patient h2")).ToHaveTextAsync(first);

        await follows.Locator("summary", new() { HasText = "Ask a question" }).ClickAsync();
        await follows.GetByLabel("Question").FillAsync("Who has the charger?");
        await speaks.GetByRole(AriaRole.Button, new() { Name = "Next:" }).ClickAsync();
        await Expect(speaks.Locator(".huddle-patient h2")).Not.ToHaveTextAsync(first);
        var second = await speaks.Locator(".huddle-patient h2").InnerTextAsync();
        await Expect(follows.GetByText("The huddle has gone on")).ToBeVisibleAsync();
        await Expect(follows.Locator(".huddle-patient h2")).ToHaveTextAsync(first);
        await Expect(follows.GetByLabel("Question")).ToHaveValueAsync("Who has the charger?");
        await follows.Keep("huddle-gone-on.png");

        await follows.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(follows.Locator(".huddle-patient h2")).ToHaveTextAsync(second);
        await Expect(follows.GetByText("The huddle has gone on")).ToBeHiddenAsync();
        var cares = await Task.WhenAll(
            Patients.Select(stay =>
                app.Services.GetRequiredService<Log>().State<Care>(AppFixture.Facility, $"{stay}", CancellationToken.None).AsTask()
            )
        );
        cares.SelectMany(care => care.Questions).Select(question => question.Words).ShouldBe(["Who has the charger?"]);

        var listen = new TaskCompletionSource();
        await other.RouteAsync(
            "**/hubs/board/negotiate**",
            async route =>
            {
                await listen.Task;
                await route.ContinueAsync();
            }
        );
        await follows.ReloadAsync();
        await Expect(follows.Locator(".huddle-patient h2")).ToHaveTextAsync(second);
        await speaks.GetByRole(AriaRole.Button, new() { Name = "Next:" }).ClickAsync();
        await Expect(speaks.Locator(".huddle-patient h2")).Not.ToHaveTextAsync(second);
        listen.SetResult();
        await Expect(follows.Locator(".huddle-patient h2")).ToHaveTextAsync(await speaks.Locator(".huddle-patient h2").InnerTextAsync());
        await follows.IsLive();
        await speaks.GetByRole(AriaRole.Button, new() { Name = "End the huddle" }).ClickAsync();
        await Expect(follows.GetByText("The huddle ended at")).ToBeVisibleAsync();
    }
}
