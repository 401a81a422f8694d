using System.Buffers;
using System.Text;
using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>What an answer needs to know of a message, readable or not.</summary>
/// <param name="Syntax">Its delimiters and character set.</param>
/// <param name="Msh">Its first line; absent where there is none.</param>
/// <param name="Charset">MSH-18 as sent, where the message was read by it: what an answer in the same set says of itself.</param>
public sealed record Hl7Header(Hl7Syntax Syntax, Hl7Segment Msh, string Charset = "")
{
    /// <summary>Nothing is known of the message.</summary>
    public static readonly Hl7Header Unknown = new(Hl7Syntax.Usual, new(default, Hl7Syntax.Usual));

    /// <summary>MSH-12 as a number, or null where it is no version 2.1 to 2.9.</summary>
    public Version? Version =>
        System.Version.TryParse(Msh[12].Text.Trim(), out var version) && version is { Major: 2, Minor: >= 1 and <= 9 } ? version : null;
}
