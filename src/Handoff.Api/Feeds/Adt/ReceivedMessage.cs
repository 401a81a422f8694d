using System.Security.Cryptography;
using System.Text;
using Handoff.Api.Feeds.Hl7;
using Handoff.Api.Feeds.Mllp;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Feeds.Adt;

/// <summary>A message as it arrived: its bytes, what could be read of them, and by what it is known again.</summary>
internal sealed record ReceivedMessage(ReadOnlyMemory<byte> Raw, Hl7Reading Reading)
{
    private const int Longest = 100;

    /// <summary>SHA-256 of the bytes, in hexadecimal.</summary>
    internal string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Raw.Span));

    internal Hl7Header Header => Reading.Header;

    /// <summary>MSH-3 and MSH-4.</summary>
    internal string Sender => Short(string.Join('/', ((string[])[Msh(3), Msh(4)]).Where(part => part.Length > 0))) ?? "unknown";

    internal string Application => Short(Msh(3)) ?? "";

    internal string Facility => Short(Msh(4)) ?? "";

    internal bool HasSender => Application.Length + Facility.Length > 0;

    /// <summary>The sender's feed.</summary>
    internal Guid Feed => Domain.Feeds.Feed.KeyOf(Application, Facility);

    internal string ControlId => Short(Msh(10)) ?? "";

    /// <summary>What MSH-9, or EVN-1, says of itself, read or not.</summary>
    internal string Trigger =>
        Short(Header.Msh[9].Component(2).Text) ?? Short(Reading.Message?["EVN"][1].Text) ?? Short(Msh(9)) ?? "unknown";

    /// <summary>The message's id: the same when it is sent again. Without a control id only the same bytes are the same message.</summary>
    internal Guid Id => Msh(10).Length == 0 ? NamedId.From("message", Digest) : NamedId.From("message", Msh(3), Msh(4), Msh(10));

    /// <summary>Its id where another message already came under the same control id.</summary>
    internal Guid IdOfItsOwn => NamedId.From("message", Msh(3), Msh(4), Msh(10), Digest);

    /// <summary>The message for a person to read: in its own character set, else in what its bytes can be.</summary>
    internal string Text =>
        Hl7Charsets.Text(Raw.Span, Header.Syntax.Encoding)
        ?? Hl7Charsets.Text(Raw.Span, Hl7Charsets.Utf8)
        ?? Encoding.Latin1.GetString(Raw.Span);

    internal static ReceivedMessage Read(ReadOnlyMemory<byte> raw) => new(raw, Hl7Message.Read(raw));

    /// <summary>
    /// A message that a person has typed. Sixteen bits a character are read as such whatever MSH-18 says, and hold every letter.
    /// </summary>
    internal static byte[] Bytes(string typed) => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(typed)];

    private string Msh(int field) => Header.Msh.IsAbsent ? "" : Header.Msh[field].Text;

    private static string? Short(string? said) => Domain.Kernel.Text.Line(said?.Length > Longest ? said[..Longest] : said);
}
