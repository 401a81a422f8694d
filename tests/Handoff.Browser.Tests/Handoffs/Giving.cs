using Microsoft.Playwright;

namespace Handoff.Browser.Tests.Handoffs;

internal static class Giving
{
    /// <summary>Giving is out of sight until the end of the shift is near; tests run at any hour.</summary>
    public static async Task OpenGiving(this IPage page)
    {
        var early = page.Locator(".handoff-foot summary", new() { HasText = "Hand over early" });
        if (await early.CountAsync() > 0)
        {
            await early.ClickAsync();
        }
    }
}
