namespace Handoff.Api.Contract;

/// <summary>
/// What a word means wherever it names a property or a parameter and no docstring says more there. The words stand in
/// <c>Glossary.txt</c>.
/// </summary>
internal static class Glossary
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Words = new(Read);

    public static string? MeaningOf(string word) => Words.Value.GetValueOrDefault(word);

    /// <summary>Every word of it; those of parameters begin with a question mark.</summary>
    public static IEnumerable<string> All => Words.Value.Keys;

    public static string? OfParameter(string name) => MeaningOf("?" + name) ?? MeaningOf(name);

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(Glossary).Assembly.GetManifestResourceStream("Handoff.Api.Contract.Glossary.txt")!;
        using var reader = new StreamReader(stream);
        return reader
            .ReadToEnd()
            .Split('\n')
            .Where(line => line is [not '#', ..])
            .Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim());
    }
}
