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

    /// <summary>Trimmed, in Unicode form C, without control characters (line breaks become spaces) or lone surrogates; null if nothing is left.</summary>
    public static string? Line(string? typed)
    {
        if (typed is null)
        {
            return null;
        }

        var kept = new StringBuilder(typed.Length);
        foreach (var rune in typed.EnumerateRunes())
        {
            kept.Append(Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control => " ",
                _ when rune == Rune.ReplacementChar => "",
                _ when IsDirectionOverride(rune) => "",
                _ => rune.ToString(),
            });
        }

        var line = kept.ToString().Normalize(NormalizationForm.FormC).Trim();
        return line.Length == 0 ? null : line;
    }

    /// <summary>The refusal of a text that is too long for its field, or null.</summary>
    public static Refusal? TooLong(string? text, int limit, string field) => text?.Length > limit
        ? Refusal.Invalid("text-too-long", $"That is {text.Length} characters long; {limit} are kept. Shorten it.", field)
        : null;

    /// <summary>Overrides of the writing direction (U+202A–202E, U+2066–2069) can make a name read as another one; right-to-left letters need none.</summary>
    private static bool IsDirectionOverride(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
