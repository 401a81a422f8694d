using System.Text;
using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>
/// How one message is written: its delimiters (MSH-1 and MSH-2) and its character set (MSH-18).
/// A delimiter that the sender doesn't have is NUL, which no text that was read contains.
/// </summary>
public sealed record Hl7Syntax(
    char Field,
    char Component,
    char Repetition,
    char Escape,
    char Subcomponent,
    char Truncation,
    Encoding Encoding
)
{
    /// <summary>What HL7 recommends, for answers to what can't be read.</summary>
    public static readonly Hl7Syntax Usual = new('|', '^', '~', '\\', '&', '\0', Hl7Charsets.Utf8);

    /// <summary>Nothing is a delimiter: for MSH-1 and MSH-2, which are the delimiters.</summary>
    internal static readonly Hl7Syntax Verbatim = new('\0', '\0', '\0', '\0', '\0', '\0', Hl7Charsets.Utf8);

    /// <summary>MSH-2 as it is written.</summary>
    public string EncodingCharacters =>
        string.Concat(((char[])[Component, Repetition, Escape, Subcomponent, Truncation]).TakeWhile(c => c != '\0'));

    /// <summary>
    /// The delimiters of an MSH line, or which of the two fields is unusable. Delimiters are ASCII signs, each used once.
    /// </summary>
    public static (Hl7Syntax? Syntax, Hl7Fault? Fault) Read(string msh, Encoding encoding)
    {
        if (msh.Length < 4 || !IsSign(msh[3]))
        {
            return (null, Unusable(1));
        }

        var signs = msh[4..].Split(msh[3], 2)[0].TrimEnd();
        if (signs.Length == 0)
        {
            return (null, Hl7Fault.FieldMissing("MSH", 2) with { Answer = AckCode.AR });
        }

        if (signs.Length > 5 || !signs.All(IsSign) || (signs + msh[3]).Distinct().Count() <= signs.Length)
        {
            return (null, Unusable(2));
        }

        var five = signs.PadRight(5, '\0');
        return (new(msh[3], five[0], five[1], five[2], five[3], five[4], encoding), null);
    }

    private static bool IsSign(char c) => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c));

    private static Hl7Fault Unusable(int field) =>
        Hl7Fault.Refused(
            field,
            Hl7Error.OtherSyntax,
            "delimiters-unusable",
            $"MSH-{field} doesn't hold delimiters that can be used: ASCII signs, each once."
        );
}
