using System.Runtime.CompilerServices;

namespace Handoff.Architecture.Tests;

/// <summary>What the formatter can't break, people do: raw strings, long texts, comments.</summary>
public sealed class LineTests
{
    private const int Longest = 140;

    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../.."));

    [Fact]
    public void No_line_of_a_file_that_somebody_wrote_is_longer_than_the_formatter_s()
    {
        var found = Files()
            .SelectMany(file => File.ReadLines(file).Select((line, i) => (File: file, Number: i + 1, line.Length)))
            .Where(line => line.Length > Longest)
            .ToList();
        found.Select(line => $"{Path.GetRelativePath(Root, line.File)}:{line.Number}: {line.Length}").ShouldBeEmpty();
    }

    /// <summary>Half of the product's files fit on a screen, and of twenty at most one is longer than three of them.</summary>
    [Fact]
    public void Files_are_short()
    {
        var lengths = Directory
            .EnumerateFiles(Path.Combine(Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".ts" or ".razor")
            .Where(file => !file.Replace('\\', '/').Split('/').Intersect(["obj", "bin", "Internal", "node_modules"]).Any())
            .Select(file => File.ReadLines(file).Count())
            .Order()
            .ToList();
        lengths[lengths.Count / 2].ShouldBeLessThanOrEqualTo(50, "the median");
        lengths[lengths.Count * 95 / 100].ShouldBeLessThanOrEqualTo(160, "the 95th percentile");
    }

    [Fact]
    public void Files_are_found() => Files().Count().ShouldBeGreaterThan(500);

    private static IEnumerable<string> Files() =>
        new[] { "src", "tests", "bench" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".ts")
            .Where(file => !file.Replace('\\', '/').Split('/').Intersect(["obj", "bin", "Internal", "node_modules", ".made"]).Any());

    private static string Here([CallerFilePath] string path = "") => path;
}
