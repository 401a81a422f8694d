using System.Runtime.CompilerServices;

namespace Handoff.Architecture.Tests;

/// <summary>What the formatter can't break, people do: raw strings, long texts, comments.</summary>
public sealed class LineTests
{
    private const int Longest = 140;

    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../.."));

    /// <summary>Files with longer lines, and why.</summary>
    private static readonly Dictionary<string, string> Longer = new()
    {
        ["AppendBench.cs"] = "not wrapped yet",
        ["Audience.cs"] = "not wrapped yet",
        ["Binaries.cs"] = "not wrapped yet",
        ["Garble.cs"] = "not wrapped yet",
        ["Movement.cs"] = "not wrapped yet",
        ["RebuildBench.cs"] = "not wrapped yet",
        ["SimulateVerb.cs"] = "not wrapped yet: the help of its options",
    };

    [Fact]
    public void No_line_of_a_file_that_somebody_wrote_is_longer_than_the_formatter_s()
    {
        var found = Files()
            .SelectMany(file => File.ReadLines(file).Select((line, i) => (File: file, Number: i + 1, line.Length)))
            .Where(line => line.Length > Longest)
            .ToList();
        found
            .Where(line => !Longer.ContainsKey(Path.GetFileName(line.File)))
            .Select(line => $"{Path.GetRelativePath(Root, line.File)}:{line.Number}: {line.Length}")
            .ShouldBeEmpty();
        Longer.Keys.Except(found.Select(line => Path.GetFileName(line.File))).ShouldBeEmpty("These have no longer lines any more.");
    }

    [Fact]
    public void Files_are_found() => Files().Count().ShouldBeGreaterThan(500);

    private static IEnumerable<string> Files() =>
        new[] { "src", "tests", "bench" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Replace('\\', '/').Split('/').Intersect(["obj", "bin", "Internal"]).Any());

    private static string Here([CallerFilePath] string path = "") => path;
}
