using System.Text.Json;
using Microsoft.Playwright;

namespace Handoff.Browser.Tests.Gallery;

/// <summary>
/// Looks at every sample page, in each theme and at each width once. Set GALLERY to a folder to look at all pairs and keep the screenshots.
/// </summary>
public sealed class GalleryTests(GalleryServer server, Chrome chrome) : IClassFixture<GalleryServer>, IClassFixture<Chrome>
{
    private static readonly (string Theme, int Width)[] Some = [("light", 1440), ("dark", 820), ("night", 390)];
    private static readonly (string Theme, int Width)[] All =
    [
        .. from theme in (string[])["light", "dark", "night"] from width in (int[])[390, 820, 1440] select (theme, width),
    ];
    private static readonly string? Folder = Environment.GetEnvironmentVariable("GALLERY");
    private static readonly string Axe = File.ReadAllText(Repository.File("node_modules", "axe-core", "axe.min.js"));

    public static TheoryData<string> Pages => [.. GalleryServer.Pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_meets_WCAG_2_2_AA(string name)
    {
        var wrong = new List<string>();
        foreach (var (theme, width) in Folder is null ? Some : All)
        {
            await using var context = await Open(theme, width);
            var page = await Visit(context, name, wrong);
            await Keep(page, $"{name}-{theme}-{width}.png");
            wrong.AddRange((await Violations(page)).Select(violation => $"{theme} {width}: {violation}"));
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_to_touch_is_smaller_than_44_pixels_on_a_phone(string name)
    {
        await using var context = await Open("light", 390);
        var page = await Visit(context, name, []);
        var small = await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary')]
              .filter(e => e.checkVisibility() && !e.closest('p, .errors, .skip') || e.matches('p > .button'))
              .map(e => [e, e.getBoundingClientRect(), parseFloat(getComputedStyle(e, '::after').inset) || 0])
              .filter(([e, box, more]) => !e.matches('.skip') &&
                  (box.height - 2 * Math.min(0, more) < 43.5 || box.width - 2 * Math.min(0, more) < 43.5))
              .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${box.width}×${box.height}`)
            """
        );
        small.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_never_scrolls_sideways(string name)
    {
        await using var context = await Open("light", 320);
        var page = await Visit(context, name, []);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320);
    }

    private Task<IBrowserContext> Open(string theme, int width) =>
        chrome.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = width < 700 ? 844 : 900 },
                ReducedMotion = ReducedMotion.Reduce,
                StorageState =
                    $$"""{"origins":[{"origin":"{{server.Address}}","localStorage":[{"name":"handoff.theme","value":"{{theme}}"}]}]}""",
            }
        );

    private async Task<IPage> Visit(IBrowserContext context, string name, List<string> wrong)
    {
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => wrong.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                wrong.Add(message.Text);
            }
        };
        await page.GotoAsync($"{server.Address}/gallery/{name}");
        return page;
    }

    private static async Task<IEnumerable<string>> Violations(IPage page)
    {
        await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<JsonElement>(
            "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })"
        );
        return found
            .GetProperty("violations")
            .EnumerateArray()
            .SelectMany(rule =>
                rule.GetProperty("nodes")
                    .EnumerateArray()
                    .Select(node => $"{rule.GetProperty("id")}: {node.GetProperty("html")} {node.GetProperty("failureSummary")}")
            );
    }

    private static async Task Keep(IPage page, string file)
    {
        if (Folder is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, file) });
        }
    }
}
