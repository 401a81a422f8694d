using Handoff.Api.Access;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Feeds;

public sealed class FeedKeyTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    private static readonly Guid Epic = Feed.KeyOf("EPIC", "CEDAR");

    [Fact]
    public async Task A_key_is_made_shown_once_and_revoked_from_set_up()
    {
        await app.Record(new KnowFeed("EPIC", "CEDAR") { Key = $"{Epic}" });
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1000, Height = 1200 },
            }
        );
        var page = await app.SignIn(context, "manager", "/units/2-west/set-up");
        await page.Locator(".page").GetByRole(AriaRole.Link, new() { Name = "Feeds and their keys" }).ClickAsync();
        await page.Locator(".held", new() { HasText = "EPIC/CEDAR" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Keys", Exact = true }).ClickAsync();
        await page.FillAsync("#name", "EPIC/CEDAR");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        var secret = await page.Locator(".secret").InnerTextAsync();
        secret.ShouldStartWith("hf_");
        (await page.Violations()).ShouldBeEmpty();

        // Neither by going away and back, nor by any other way.
        await page.GetByRole(AriaRole.Link, new() { Name = "All feeds" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Feeds");
        await page.GotoAsync($"{app.Address}/adt/feeds/{Epic}/keys");
        (await page.ContentAsync()).ShouldNotContain(secret);
        await Expect(page.Locator("#name")).ToHaveValueAsync("EPIC/CEDAR 2");

        await page.Locator(".held").ClickAsync();
        await page.FillAsync("#reason", "Replaced");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke this key" }).ClickAsync();
        await Expect(page.Locator(".saved")).ToContainTextAsync("EPIC/CEDAR is revoked");
        await Expect(page.Locator(".held")).ToContainTextAsync("revoked");
    }

    [Fact]
    public async Task The_pages_about_keys_keep_the_rules_of_every_page()
    {
        var feed = Feed.KeyOf("INTERFACE", "CEDAR");
        await app.Record(new KnowFeed("INTERFACE", "CEDAR") { Key = $"{feed}" });
        var keys = app.Services.GetRequiredService<ApiKeys>();
        var id = Guid.CreateVersion7();
        await keys.MakeForFeed(
            AppFixture.Facility,
            id,
            feed,
            "INTERFACE/CEDAR, the engine of the hospital",
            "Rosa Delgado-Whitcombe",
            CancellationToken.None
        );
        await keys.Add(AppFixture.Facility, "Hospital feed", Role.Feed, ApiKeys.Fresh(), CancellationToken.None);
        (await app.Broken(chrome.Browser, "manager", "/adt/feeds", "feeds-with-keys")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "manager", $"/adt/feeds/{feed}/keys", "feed-keys")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "manager", $"/adt/feeds/keys/{id}", "feed-key")).ShouldBeEmpty();
    }
}
