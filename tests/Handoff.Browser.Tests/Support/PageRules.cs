using Microsoft.Playwright;

namespace Handoff.Browser.Tests.Support;

/// <summary>
/// What every page owes whoever uses it: WCAG 2.2 AA in each theme, targets a thumb can hit, no sideways scrolling, in whatever font it is
/// seen.
/// </summary>
public static class PageRules
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("GALLERY");

    /// <summary>
    /// Looks at a page in three themes and at four widths; what breaks a rule, in words. What no theme and no width changes is looked for
    /// on the desktop and on the phone. GALLERY names a folder for the screenshots.
    /// </summary>
    public static async Task<List<string>> Broken(this AppFixture app, IBrowser browser, string account, string path, string name)
    {
        var broken = new List<string>();
        var signedIn = await Cookies(app, browser, account);
        foreach (var (theme, width) in ((string, int)[])[("light", 1440), ("dark", 820), ("night", 390), ("light", 320)])
        {
            await using var context = await browser.NewContextAsync(On(app, theme, width));
            await context.AddCookiesAsync(signedIn);
            var page = await app.Visit(context, path);
            page.PageError += (_, error) => broken.Add(error);
            if (Folder is not null)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{theme}-{width}.png"), FullPage = true });
            }

            broken.AddRange(
                (await page.Violations(ofLooks: width is 820 or 320))
                    .Concat(await TooSmall(page, width))
                    .Concat(await page.Sideways(width))
                    .Select(what => $"{name} {theme} {width}: {what}")
            );
            await page.Widen();
            broken.AddRange((await page.Sideways(width)).Select(what => $"{name} {theme}, in a wider font: {what}"));
            if (Folder is not null)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{theme}-{width}-wider.png"), FullPage = true });
            }
        }

        return broken;
    }

    /// <summary>A device of one theme and width.</summary>
    public static BrowserNewContextOptions On(AppFixture app, string theme, int width) =>
        new()
        {
            ViewportSize = new() { Width = width, Height = width < 700 ? 844 : 900 },
            ReducedMotion = ReducedMotion.Reduce,
            StorageState =
                $$"""{"cookies":[],"origins":[{"origin":"{{app.Address}}","""
                + $$""" "localStorage":[{"name":"handoff.theme","value":"{{theme}}"}]}]}""",
        };

    private static async Task<IEnumerable<Cookie>> Cookies(AppFixture app, IBrowser browser, string account)
    {
        await using var context = await browser.NewContextAsync();
        await app.SignIn(context.APIRequest, account);
        return (await context.CookiesAsync()).Select(cookie => new Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Url = app.Address,
            HttpOnly = cookie.HttpOnly,
            SameSite = cookie.SameSite,
        });
    }

    private static async Task<IEnumerable<string>> TooSmall(IPage page, int width) =>
        width > 700
            ? []
            : await page.EvaluateAsync<string[]>(
                """
                [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
                  .filter(e => e.checkVisibility() && (!e.closest('p, .errors, .skip, .told, svg') || e.matches('p > .button')))
                  .map(e => [e, e.getBoundingClientRect(), parseFloat(getComputedStyle(e, '::after').inset) || 0])
                  .filter(([e, box, more]) => box.height - 2 * Math.min(0, more) < 43.5 || box.width - 2 * Math.min(0, more) < 43.5)
                  .map(([e, box]) => `too small: ${e.outerHTML.slice(0, 90)} ${box.width}×${box.height}`)
                """
            );
}
