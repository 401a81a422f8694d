using System.Text;
using System.Text.Unicode;
using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>
/// The character sets of HL7 table 0211 that hospitals send: ASCII, ISO 8859, UTF-8 and UTF-16, GB 18030, Big5, KS X 1001 and JIS X 0208.
/// </summary>
public static class Hl7Charsets
{
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    private static readonly Encoding LittleEndian = new UnicodeEncoding(bigEndian: false, byteOrderMark: false);
    private static readonly Encoding BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: false);

    /// <summary>The encoding that the first two bytes give away when characters are 16 bits wide, else null.</summary>
    public static Encoding? Wide(ReadOnlySpan<byte> bytes) =>
        bytes switch
        {
            [0xFF, 0xFE, ..] or [not 0, 0, ..] => LittleEndian,
            [0xFE, 0xFF, ..] or [0, not 0, ..] => BigEndian,
            _ => null,
        };

    /// <summary>
    /// The encoding that MSH-18 names, or null for one that is not read here. A sender that says nothing, or says ASCII and sends
    /// more than ASCII, is read as UTF-8 where the bytes allow it and else as Latin-1. One that says UTF-16 in a message
    /// of single bytes has been recoded on its way, and is read in the same manner.
    /// </summary>
    public static Encoding? Named(string msh18, ReadOnlySpan<byte> bytes) =>
        Plain(msh18) switch
        {
            "" or "ASCII" or "USASCII" or "IR6" or "UTF16" or "UTF16LE" or "UTF16BE" => Guess(bytes),
            "UTF8" or "UNICODE" => Utf8,
            "88591" => Encoding.Latin1,
            "885911" => Page("windows-874"), // Thai: ISO 8859/11 and more.
            "WINDOWS1252" or "CP1252" => Page("windows-1252"),
            ['8', '8', '5', '9', .. { Length: 1 or 2 } part]
                when part is "2" or "3" or "4" or "5" or "6" or "7" or "8" or "9" or "13" or "15" => Page("iso-8859-" + part),
            "GB18030" or "GB180302000" => Page("gb18030"),
            "BIG5" => Page("big5"),
            "KSX1001" => Page("euc-kr"),
            "IR87" => Page("iso-2022-jp"), // Between its escape sequences it is ASCII.
            _ => null,
        };

    /// <summary>The text, or null where the bytes are none in this encoding. NUL is left out: no database text can hold one.</summary>
    public static string? Text(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return Strict(encoding).GetString(bytes).Replace("\0", "", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    internal static Encoding? Page(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name);

    private static Encoding Guess(ReadOnlySpan<byte> bytes) => Utf8IsValid(bytes) ? Utf8 : Encoding.Latin1;

    private static bool Utf8IsValid(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    private static Encoding Strict(Encoding encoding)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    private static string Plain(string name)
    {
        var plain = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        foreach (var prefix in (string[])["ISO", "UNICODE"])
        {
            if (plain.Length > prefix.Length && plain.StartsWith(prefix, StringComparison.Ordinal))
            {
                plain = plain[prefix.Length..];
            }
        }

        return plain;
    }
}
