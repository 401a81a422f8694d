using Handoff.Browser.Tests.Support;
using Handoff.Web;
using Handoff.Web.Layout;

namespace Handoff.Browser.Tests;

/// <summary>The product brings its font, so that a page is laid out alike on every machine.</summary>
public sealed class FontTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    [Fact]
    public async Task The_font_is_asked_for_once_at_the_address_that_the_style_names()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", Paths.Board("2-west"));
        await page.EvaluateAsync("document.fonts.load('15px Inter')");
        var asked = await page.EvaluateAsync<string[]>(
            "performance.getEntriesByType('resource').map(asked => asked.name).filter(name => name.includes('inter-latin-wght'))"
        );
        asked.ShouldBe([app.Address + Bundle.Url(Bundle.Font)]);
    }

    [Fact]
    public async Task Its_licence_is_beside_it()
    {
        using var nobody = new HttpClient { BaseAddress = new(app.Address) };
        (await nobody.GetStringAsync("/assets/font-license.txt")).ShouldContain("SIL OPEN FONT LICENSE");
    }

    [Fact]
    public async Task All_digits_are_equally_wide_and_no_hyphen_is_as_wide_as_they()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "charge", Paths.Board("2-west"));
        await page.InFont(100);
        var widths = await page.EvaluateAsync<int[]>(
            """
            [...'0123456789-'].map(letter => {
              const many = document.querySelector('main').appendChild(document.createElement('span'));
              many.style.position = 'absolute';
              many.textContent = letter.repeat(20);
              return Math.round(many.getBoundingClientRect().width);
            })
            """
        );
        widths[..10].Distinct().Count().ShouldBe(1);
        widths[10].ShouldBeLessThan(widths[0] * 4 / 5);
    }
}
