using System.Text.Json;
using Microsoft.Playwright;

namespace Handoff.Browser.Tests.Support;

/// <summary>Looking at pages: a screen of a size in a theme, what axe finds wrong, and a screenshot if GALLERY names a folder.</summary>
public static class Sight
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("GALLERY");
    private static readonly string Axe = File.ReadAllText(Repository.File("node_modules", "axe-core", "axe.min.js"));

    /// <param name="theme">light, dark or night.</param>
    public static Task<IBrowserContext> Screen(
        this IBrowser browser,
        AppFixture app,
        string theme = "light",
        int width = 1440,
        int height = 900
    ) =>
        browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                ReducedMotion = ReducedMotion.Reduce,
                StorageState =
                    $$"""{"origins":[{"origin":"{{app.Address}}","localStorage":[{"name":"handoff.theme","value":"{{theme}}"}]}]}""",
            }
        );

    /// <summary>Waits until the page hears from its unit; at once if it is about none.</summary>
    public static Task IsLive(this IPage page) =>
        page.WaitForSelectorAsync("body:not(:has([data-controller~=live])), [data-connection=live]");

    /// <summary>What is wrong with the page by WCAG 2.2 AA.</summary>
    /// <param name="ofLooks">Only what a theme or a width can make wrong: contrast, and how far targets are apart.</param>
    public static async Task<IReadOnlyList<string>> Violations(this IPage page, bool ofLooks = false)
    {
        await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<JsonElement>(
            """
            ofLooks => axe.run({
              resultTypes: ['violations'],
              runOnly: ofLooks
                ? { type: 'rule', values: ['color-contrast', 'target-size', 'link-in-text-block'] }
                : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            })
            """,
            ofLooks
        );
        return
        [
            .. found
                .GetProperty("violations")
                .EnumerateArray()
                .SelectMany(rule =>
                    rule.GetProperty("nodes")
                        .EnumerateArray()
                        .Where(node => !IsLoading(node.GetProperty("html").GetString()!))
                        .Select(node => $"{rule.GetProperty("id")}: {node.GetProperty("html")} {node.GetProperty("failureSummary")}")
                ),
        ];
    }

    /// <summary>
    /// Lays the page out in the product's font with letters wider by 15 %, as a machine's own may be that is seen where the font did not
    /// come in time.
    /// </summary>
    public static Task Widen(this IPage page) => page.InFont(115);

    /// <summary>
    /// Lays the page out in the product's font, whether it came in time or not, with its letters at a percentage of their width.
    /// </summary>
    public static Task InFont(this IPage page, int percent) =>
        page.EvaluateAsync(
            """
            async percent => {
              const faces = rules => [...rules].flatMap(rule =>
                  rule instanceof CSSFontFaceRule ? [rule.cssText] : faces(rule.cssRules ?? []));
              const style = new CSSStyleSheet();
              style.replaceSync(':root { --font: Measured, sans-serif }' +
                  [...document.styleSheets].flatMap(sheet => faces(sheet.cssRules)).map(face =>
                face.replace(/font-family:[^;]+/, 'font-family: Measured')
                    .replace('font-display: optional',
                    `font-display: block; size-adjust: ${percent}%`)).join(''));
              document.adoptedStyleSheets = [style];
              const loaded = (await Promise.all(
                  [400, 550, 700].map(weight => document.fonts.load(`${weight} 15px Measured`, 'a0ń')))).flat();
              if (loaded.length < 9 || loaded.some(face => face.status !== 'loaded'))
                  throw new Error(`the font can't be had: ${loaded.length} faces of ${style.cssRules.length}`);
            }
            """,
            percent
        );

    /// <summary>Whether the page can be moved sideways at a width, and what sticks out then; empty if it can't.</summary>
    public static async Task<IEnumerable<string>> Sideways(this IPage page, int width)
    {
        await page.SetViewportSizeAsync(width, page.ViewportSize!.Height);
        return await page.EvaluateAsync<string[]>(
            """
            width => document.documentElement.scrollWidth <= width ? [] :
                [`scrolls sideways at ${width}: ${document.documentElement.scrollWidth} px`,
              ...[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width)
                  .slice(-3).map(e => `sticks out: ${e.outerHTML.slice(0, 120)}`)]
            """,
            width
        );
    }

    // Turbo marks the page so while it is loaded again, which may be at any moment.
    private static bool IsLoading(string html) =>
        html.StartsWith("<html", StringComparison.Ordinal) && html.Contains("aria-busy", StringComparison.Ordinal);

    public static async Task Keep(this IPage page, string file)
    {
        if (Folder is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, file) });
        }
    }
}
