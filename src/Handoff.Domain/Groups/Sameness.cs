namespace Handoff.Domain.Groups;

/// <summary>Two members of a session whose texts are the same but for little.</summary>
/// <param name="Of">0 to 1: how much of the texts is the same.</param>
public sealed record SameText(Guid Stay, Guid Other, double Of);

/// <summary>
/// How much two members' texts are the same, because a note that fits everybody says nothing of anybody. It warns and never refuses.
/// Measure: words, in small letters and without punctuation, he, she and they taken for one another; the fewest words to insert, drop
/// or change to make one text the other (Levenshtein distance over words), against the longer text: 1 − distance ÷ words.
/// </summary>
public static class Sameness
{
    /// <summary>From here on it is said.</summary>
    public const double Limit = 0.9;

    private static readonly Dictionary<string, string> Pronouns = new(StringComparer.Ordinal)
    {
        ["he"] = "they",
        ["she"] = "they",
        ["him"] = "them",
        ["his"] = "their",
        ["her"] = "their",
        ["hers"] = "theirs",
        ["himself"] = "themself",
        ["herself"] = "themself",
        ["themselves"] = "themself",
    };

    /// <summary>0 to 1; 0 if either text holds no word.</summary>
    public static double Compare(string? one, string? other) => Compare(Words(one), Words(other));

    /// <summary>Every two members whose responses are the same to 90 % or more, the most alike first.</summary>
    public static IReadOnlyList<SameText> Among(IEnumerable<(Guid Stay, string? Text)> texts)
    {
        var words = texts.Select(t => (t.Stay, Words: Words(t.Text))).Where(t => t.Words.Length > 0).ToList();
        return
        [
            .. from pair in words.SelectMany((one, i) => words.Skip(i + 1).Select(other => (one, other)))
            where MayBeSame(pair.one.Words, pair.other.Words)
            let same = Compare(pair.one.Words, pair.other.Words)
            where same >= Limit
            orderby same descending
            select new SameText(pair.one.Stay, pair.other.Stay, same),
        ];
    }

    /// <summary>The same, of what stands on a session's roster.</summary>
    public static IReadOnlyList<SameText> Among(Group group) => Among(group.Attendance.Select(a => (a.Stay, a.Entry.Response)));

    private static double Compare(string[] one, string[] other) =>
        one.Length == 0 || other.Length == 0 ? 0 : 1 - (double)Distance(one, other) / Math.Max(one.Length, other.Length);

    // Texts of too different a length can't be alike: most pairs of a unit are done with here.
    private static bool MayBeSame(string[] one, string[] other) =>
        Math.Min(one.Length, other.Length) >= Limit * Math.Max(one.Length, other.Length);

    private static string[] Words(string? text) =>
        [
            .. (text ?? "")
                .ToLowerInvariant()
                .Replace("'", "", StringComparison.Ordinal)
                .Replace("’", "", StringComparison.Ordinal)
                .Split(
                    [.. (text ?? "").ToLowerInvariant().Where(c => !char.IsLetterOrDigit(c) && !char.IsSurrogate(c)).Distinct()],
                    StringSplitOptions.RemoveEmptyEntries
                )
                .Select(word => Pronouns.GetValueOrDefault(word, word)),
        ];

    private static int Distance(string[] one, string[] other)
    {
        var before = Enumerable.Range(0, other.Length + 1).ToArray();
        foreach (var (i, word) in one.Index())
        {
            var row = new int[other.Length + 1];
            row[0] = i + 1;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = before[j - 1] + (word == other[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(before[j], row[j - 1]) + 1);
            }

            before = row;
        }

        return before[^1];
    }
}
