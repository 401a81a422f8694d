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

    [Fact]
    public void Files_are_found() => Files().Count().ShouldBeGreaterThan(500);

    private static IEnumerable<string> Files() =>
        new[] { "src", "tests", "bench" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Replace('\\', '/').Split('/').Intersect(["obj", "bin", "Internal"]).Any());

    private static string Here([CallerFilePath] string path = "") => path;
}
