using System.Globalization;
using System.Text;

namespace Handoff.Domain.Kernel;

/// <summary>What people type and feeds send, made fit to keep: any script, any name, no control characters.</summary>
public static class Text
{
    /// <summary>Names are kept up to this many characters.</summary>
    public const int NameLimit = 200;

    /// <summary>Reasons and remarks are kept up to this many characters.</summary>
    public const int RemarkLimit = 2_000;

    /// <summary>
    /// Trimmed, without control characters (line breaks become spaces) or lone surrogates; null if nothing is left that can be seen.
    /// Letters are kept as they were sent: é as one character and as two are not made the same, for this process runs without ICU, which
    /// knows how.
    /// </summary>
    public static string? Line(string? typed)
    {
        var kept = new StringBuilder(typed?.Length ?? 0);
        Span<char> pair = stackalloc char[2];
        foreach (var rune in (typed ?? "").EnumerateRunes())
        {
            _ =
                IsBreak(rune) ? kept.Append(' ')
                : IsDropped(rune) ? kept
                : kept.Append(pair[..rune.EncodeToUtf16(pair)]);
        }

        var line = kept.ToString().Trim();
        return line.EnumerateRunes().Any(IsSeen) ? line : null;
    }

    /// <summary>
    /// Several lines, each as <see cref="Line"/> keeps it, with at most one empty line between two; null if nothing is left that can be
    /// seen.
    /// </summary>
    public static string? Block(string? typed)
    {
        var kept = new List<string>();
        foreach (var line in (typed ?? "").ReplaceLineEndings("\n").Split('\n').Select(line => Line(line) ?? ""))
        {
            if (line.Length > 0 || (kept.Count > 0 && kept[^1].Length > 0))
            {
                kept.Add(line);
            }
        }

        return string.Join('\n', kept).TrimEnd('\n') is { Length: > 0 } block ? block : null;
    }

    /// <summary>The refusal of a text that is too long for its field, or null.</summary>
    public static Refusal? TooLong(string? text, int limit, string field) =>
        text?.Length > limit
            ? Refusal.Invalid("text-too-long", $"That is {text.Length} characters long; {limit} are kept. Shorten it.", field)
            : null;

    private static bool IsBreak(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsSeen(Rune rune) => !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;

    // Overrides of the writing direction (U+202A–202E, U+2066–2069) can make a name read as another one; right-to-left letters need none.
    private static bool IsDropped(Rune rune) =>
        rune == Rune.ReplacementChar || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
