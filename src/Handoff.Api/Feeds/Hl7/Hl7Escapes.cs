using System.Buffers;
using System.Text;
using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>
/// The escape sequences of HL7 chapter 2. Read: the delimiters, <c>\Xdd..\</c>, line breaks and other formatting, highlighting
/// (dropped), and <c>\Cxxyy\</c> between single-byte sets. Local (<c>\Zxx\</c>), multi-byte (<c>\Mxxyyzz\</c>), unknown and
/// unfinished ones stay as they were written.
/// </summary>
public static class Hl7Escapes
{
    public static string Read(ReadOnlySpan<char> raw, Hl7Syntax syntax)
    {
        if (raw.IndexOf(syntax.Escape) < 0)
        {
            return raw.ToString();
        }

        var text = new StringBuilder(raw.Length);
        Encoding? switched = null;
        for (var (open, length) = Next(raw, syntax); open >= 0; (open, length) = Next(raw, syntax))
        {
            text.Append(Recoded(raw[..open], syntax, switched));
            var sequence = raw.Slice(open + 1, length - 2);
            if (Switch(sequence, syntax) is { } to)
            {
                switched = to;
            }
            else
            {
                text.Append(Meaning(sequence, syntax) ?? raw.Slice(open, length).ToString());
            }

            raw = raw[(open + length)..];
        }
        return text.Append(Recoded(raw, syntax, switched)).ToString();
    }

    /// <summary>The text with everything escaped that would be read as structure. Without an escape character it becomes a space.</summary>
    public static string Write(string text, Hl7Syntax syntax)
    {
        var written = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            written.Append(
                Sequence(c, syntax) is not { } sequence ? $"{c}"
                : syntax.Escape == '\0' ? " "
                : $"{syntax.Escape}{sequence}{syntax.Escape}"
            );
        }

        return written.ToString();
    }

    private static (int Open, int Length) Next(ReadOnlySpan<char> raw, Hl7Syntax syntax)
    {
        var open = raw.IndexOf(syntax.Escape);
        var close = open < 0 ? -1 : raw[(open + 1)..].IndexOf(syntax.Escape);
        return close < 0 ? (-1, 0) : (open, close + 2);
    }

    private static string? Meaning(ReadOnlySpan<char> sequence, Hl7Syntax syntax) =>
        sequence switch
        {
            "F" => $"{syntax.Field}",
            "S" => $"{syntax.Component}",
            "T" when syntax.Subcomponent != '\0' => $"{syntax.Subcomponent}",
            "R" when syntax.Repetition != '\0' => $"{syntax.Repetition}",
            "E" => $"{syntax.Escape}",
            "P" when syntax.Truncation != '\0' => $"{syntax.Truncation}",
            "H" or "N" or ".fi" or ".nf" => "",
            ".br" or ".ce" => "\n",
            ['X', .. var hex] => Bytes(hex, syntax),
            ['.', 's', 'p', .. var count] when IsCount(count) => "\n",
            ['.', 's', 'k', .. var count] when IsCount(count) => " ",
            ['.', 'i' or 't', 'n' or 'i', .. var count] when IsCount(count) => "",
            _ => null,
        };

    private static bool IsCount(ReadOnlySpan<char> count) => count.TrimStart(" +-").IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Bytes are in the message's own character set; in a 16-bit message they are taken as UTF-8.</summary>
    private static string? Bytes(ReadOnlySpan<char> hex, Hl7Syntax syntax)
    {
        var bytes = new byte[hex.Length / 2];
        if (bytes.Length == 0 || Convert.FromHexString(hex, bytes, out _, out _) != OperationStatus.Done)
        {
            return null;
        }

        return Hl7Charsets.Text(bytes, syntax.Encoding is UnicodeEncoding ? Hl7Charsets.Utf8 : syntax.Encoding);
    }

    /// <summary>ISO 2022 switches mean something where one byte is one character; elsewhere the text is what it is.</summary>
    private static Encoding? Switch(ReadOnlySpan<char> sequence, Hl7Syntax syntax) =>
        !syntax.Encoding.IsSingleByte
            ? null
            : sequence switch
            {
                "C2842" => syntax.Encoding,
                "C2D41" => Encoding.Latin1,
                "C2D42" => Hl7Charsets.Page("iso-8859-2"),
                "C2D43" => Hl7Charsets.Page("iso-8859-3"),
                "C2D44" => Hl7Charsets.Page("iso-8859-4"),
                "C2D4C" => Hl7Charsets.Page("iso-8859-5"),
                "C2D47" => Hl7Charsets.Page("iso-8859-6"),
                "C2D46" => Hl7Charsets.Page("iso-8859-7"),
                "C2D48" => Hl7Charsets.Page("iso-8859-8"),
                "C2D4D" => Hl7Charsets.Page("iso-8859-9"),
                "C2D62" => Hl7Charsets.Page("iso-8859-15"),
                _ => null,
            };

    private static string Recoded(ReadOnlySpan<char> plain, Hl7Syntax syntax, Encoding? switched)
    {
        var text = plain.ToString();
        return switched is null ? text : switched.GetString(syntax.Encoding.GetBytes(text));
    }

    private static string? Sequence(char c, Hl7Syntax syntax) =>
        c == syntax.Field ? "F"
        : c == syntax.Component ? "S"
        : c == syntax.Repetition ? "R"
        : c == syntax.Escape ? "E"
        : c == syntax.Subcomponent ? "T"
        : c == syntax.Truncation ? "P"
        : c == '\n' ? ".br"
        : char.IsAscii(c) && char.IsControl(c) ? $"X{(int)c:X2}"
        : null;
}
