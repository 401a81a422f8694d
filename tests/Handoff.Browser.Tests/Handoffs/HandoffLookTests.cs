using Handoff.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Handoff.Browser.Tests.Handoffs;

public sealed class HandoffLookTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    [Theory]
    [InlineData("tech", "/units/2-west/handoff", "handoff")]
    [InlineData("charge", "/units/2-west/assignments", "assignments")]
    [InlineData("nurse", "/units/2-west/handoff/huddle", "huddle")]
    [InlineData("tech", "/units/2-west/mine", "mine")]
    [InlineData("tech", "/units/2-west/handoff/look", "look")]
    [InlineData("charge", "/units/2-west/staffing", "staffing")]
    public async Task Every_page_is_for_everybody(string account, string path, string name) =>
        (await app.Broken(chrome.Browser, account, path, name)).ShouldBeEmpty();

    [Theory]
    [InlineData("A4", 100)]
    [InlineData("Letter", 100)]
    [InlineData("A4", 115)]
    [InlineData("Letter", 115)]
    public async Task A_unit_fits_on_one_sheet(string format, int percent)
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "charge", "/units/2-west/handoff/print");
        await page.InFont(percent);
        var pdf = await page.PdfAsync(new() { Format = format });
        System.Text.Encoding.Latin1.GetString(pdf).Split("/Type /Page\n").Length.ShouldBe(2);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.Keep($"paper-{format}-{percent}.png");
        (await page.Violations()).ShouldBeEmpty();
    }
}
