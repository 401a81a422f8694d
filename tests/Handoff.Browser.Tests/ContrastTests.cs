using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Handoff.Browser.Tests;

/// <summary>
/// Computes the contrast of every pair of colours that the styles put together, by the formula of WCAG 2.2 (1.4.3 and 1.4.11).
/// </summary>
public sealed partial class ContrastTests(ITestOutputHelper output)
{
    private const double ForText = 4.5;
    private const double ForShapes = 3;

    private static readonly string Tokens = File.ReadAllText(Repository.File("src", "Handoff.Web", "Layout", "tokens.css"));
    private static readonly string[] Grounds = ["ground", "surface", "sunken"];

    private static readonly (string Front, string Back, double Least)[] Pairs =
    [
        .. from front in (string[])["text", "text-soft"] from back in Grounds select (front, back, ForText),
        .. from front in (string[])["accent", "accent-strong", "due", "overdue", "info", "restricted"]
        from back in (string[])["ground", "surface"]
        select (front, back, ForText),
        .. from front in (string[])["accent", "due", "overdue", "info", "restricted"] select (front, front + "-soft", ForText),
        .. from back in (string[])["accent-soft", "due-soft", "overdue-soft", "info-soft", "restricted-soft"]
        select ("text", back, ForText),
        ("accent-strong", "accent-soft", ForText),
        ("on-accent", "accent", ForText),
        ("on-accent", "accent-strong", ForText),
        ("on-critical", "critical", ForText),
        ("ground", "text", ForText),
        ("surface", "text", ForText),
        ("line-strong", "surface", ForShapes),
        ("line-strong", "ground", ForShapes),
    ];

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    [InlineData("night")]
    public void Every_pair_of_colours_can_be_told_apart(string theme)
    {
        var colours = Colours(theme);
        var measured = Pairs
            .Select(pair => (pair.Front, pair.Back, pair.Least, Ratio: Ratio(colours[pair.Front], colours[pair.Back])))
            .OrderBy(pair => pair.Ratio / pair.Least)
            .ToList();
        measured.ForEach(pair =>
            output.WriteLine($"{theme, -6} {pair.Front, -14} on {pair.Back, -16} {pair.Ratio, 6:0.00} (at least {pair.Least})")
        );
        measured.Where(pair => pair.Ratio < pair.Least).ShouldBeEmpty();
    }

    [Fact]
    public void Night_is_dim_and_has_less_blue_than_red_everywhere()
    {
        var colours = Colours("night");
        Grounds.ShouldAllBe(ground => Luminance(colours[ground]) < 0.01);
        colours.Values.ShouldAllBe(colour => (colour & 0xff) <= colour >> 16);
        Luminance(colours["text"]).ShouldBeLessThan(0.55);
    }

    private static Dictionary<string, int> Colours(string theme)
    {
        var halves = Tokens.Split(":root[data-theme=\"night\"]");
        var colours = Pair()
            .Matches(halves[0])
            .ToDictionary(pair => pair.Groups["name"].Value, pair => Number(pair.Groups[theme == "light" ? "light" : "dark"].Value));
        foreach (var one in Single().Matches(theme == "night" ? halves[1] : "").Cast<Match>())
        {
            colours[one.Groups["name"].Value] = Number(one.Groups["colour"].Value);
        }

        return colours;
    }

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static double Ratio(int one, int other)
    {
        var (low, high) = (Math.Min(Luminance(one), Luminance(other)), Math.Max(Luminance(one), Luminance(other)));
        return (high + 0.05) / (low + 0.05);
    }

    private static double Luminance(int colour) =>
        (0.2126 * Linear(colour >> 16)) + (0.7152 * Linear(colour >> 8)) + (0.0722 * Linear(colour));

    private static double Linear(int channel)
    {
        var part = (channel & 0xff) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex(@"--(?<name>[a-z-]+): light-dark\(#(?<light>[0-9a-f]{6}), #(?<dark>[0-9a-f]{6})\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();

    [GeneratedRegex(@"--(?<name>[a-z-]+): #(?<colour>[0-9a-f]{6});", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Single();
}
