namespace Handoff.Browser.Tests.Support;

public sealed class AppFixtureTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    [Fact]
    public async Task A_demo_account_signs_in()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "tech", "/api/units");
        (await page.TextContentAsync("body")).ShouldNotBeNull().ShouldContain("2-west");
    }
}
