using System.Buffers;
using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Mllp;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>
/// An HL7 v2 message of any version. Any bytes can be read: the outcome is a message or a fault, in time and memory
/// proportional to their number. Text is cut into fields only where it is asked for.
/// </summary>
public sealed class Hl7Message
{
    public const int UsualLimit = 16 * 1024 * 1024;
    private const string Blank = " \t\r\n\v\f\u001c\ufeff";
    private static readonly SearchValues<byte> BlankBytes = SearchValues.Create(" \t\r\n\v\f\0\u001c"u8);

    private readonly Dictionary<string, Hl7Segment> first = [];

    private Hl7Message(Hl7Header header, IReadOnlyList<Hl7Segment> segments)
    {
        (Header, Segments) = (header, segments);
        foreach (var segment in segments)
        {
            first.TryAdd(segment.Name, segment);
        }
    }

    public Hl7Header Header { get; }

    /// <summary>All segments in the order in which they were sent, Z-segments among them.</summary>
    public IReadOnlyList<Hl7Segment> Segments { get; }

    /// <summary>The first segment of that name; an absent one if there is none.</summary>
    public Hl7Segment this[string name] => first.TryGetValue(name, out var segment) ? segment : new(default, Header.Syntax);

    public IEnumerable<Hl7Segment> All(string name) => Segments.Where(segment => segment.Name == name);

    /// <summary>
    /// Reads a message from its bytes, with or without MLLP framing, byte order mark and blank lines around it;
    /// segments end in CR, LF or both. More than <paramref name="mostBytes"/> are refused.
    /// </summary>
    public static Hl7Reading Read(ReadOnlyMemory<byte> bytes, int mostBytes = UsualLimit)
    {
        var (header, fault) = ReadHeader(bytes.Span[..Math.Min(bytes.Length, mostBytes)]);
        if (bytes.Length > mostBytes)
        {
            return new(header, null, Hl7Fault.TooLarge(mostBytes));
        }

        return fault is null ? ReadBody(header, Body(bytes.Span)) : new(header, null, fault);
    }

    private static (Hl7Header Header, Hl7Fault? Fault) ReadHeader(ReadOnlySpan<byte> bytes)
    {
        var body = Body(bytes);
        var wide = Hl7Charsets.Wide(body);
        // Latin-1 gives every byte back as it came, so that an answer in it echoes a control id byte by byte.
        var guess = wide ?? Encoding.Latin1;
        var line = FirstLine(body, guess);
        if (line.Length == 0)
        {
            return (Hl7Header.Unknown, NoMessage("message-empty", "There is no message."));
        }

        if (!line.StartsWith("MSH", StringComparison.Ordinal))
        {
            return (Hl7Header.Unknown, NoMessage("header-missing", "The message doesn't begin with MSH."));
        }

        var (syntax, fault) = Hl7Syntax.Read(line, guess);
        if (syntax is null)
        {
            return (Hl7Header.Unknown, fault);
        }

        return Settled(new(syntax, new(line.AsMemory(), syntax)), wide, body);
    }

    private static Hl7Fault NoMessage(string code, string text) => Hl7Fault.Refused(0, Hl7Error.SegmentSequence, code, text);

    private static (Hl7Header, Hl7Fault?) Settled(Hl7Header header, Encoding? wide, ReadOnlySpan<byte> body) =>
        (wide ?? Hl7Charsets.Named(Charset(header.Msh[18]), body)) is { } encoding
            ? (header with { Syntax = header.Syntax with { Encoding = encoding }, Charset = header.Msh[18].Raw.ToString() }, null)
            : (
                header,
                Hl7Fault.Refused(18, Hl7Error.TableValueNotFound, "charset-unknown", "MSH-18 names a character set that is not read here.")
            );

    // A sender that says "~ISO IR87" begins in ASCII and escapes to what the repetition names.
    private static string Charset(Hl7Field msh18) =>
        msh18
            .Repetitions.Select(set => set.Component(1).Text)
            .FirstOrDefault(name => name.Trim() is not ("" or "ASCII" or "ISO IR6" or "ISO IR14"))
        ?? msh18.Text;

    private static Hl7Reading ReadBody(Hl7Header header, ReadOnlySpan<byte> body)
    {
        if (Hl7Charsets.Text(body, header.Syntax.Encoding) is not { } text)
        {
            return new(
                new(header.Msh.Syntax, header.Msh),
                null,
                Hl7Fault.Refused(
                    18,
                    Hl7Error.FieldType,
                    "charset-mismatch",
                    "The message holds bytes that the character set of MSH-18 doesn't have."
                )
            );
        }

        var segments = Lines(text.AsMemory(), header.Syntax);
        header = header with { Msh = segments[0] };
        return segments.Skip(1).Any(segment => segment.Name == "MSH")
            ? new(
                header,
                null,
                new(
                    AckCode.AE,
                    "MSH",
                    0,
                    Hl7Error.SegmentSequence,
                    "second-message",
                    "A second MSH follows in the same message: messages are sent one by one, or in a batch that begins with BHS.",
                    2
                )
            )
            : new(header, new(header, segments), null);
    }

    private static List<Hl7Segment> Lines(ReadOnlyMemory<char> text, Hl7Syntax syntax)
    {
        List<Hl7Segment> segments = [];
        while (!text.IsEmpty)
        {
            var end = text.Span.IndexOfAny('\r', '\n');
            var line = (end < 0 ? text : text[..end]).Trim(Blank);
            text = end < 0 ? default : text[(end + 1)..];
            if (IsSegment(line.Span, syntax))
            {
                segments.Add(new(line, syntax));
            }
            else if (!line.IsEmpty)
            {
                segments[^1] = segments[^1] with { IsBroken = true };
            }
        }
        return segments;
    }

    private static bool IsSegment(ReadOnlySpan<char> line, Hl7Syntax syntax) =>
        line.Length >= 3
        && char.IsAsciiLetterUpper(line[0])
        && IsNameEnd(line[1])
        && IsNameEnd(line[2])
        && (line.Length == 3 || line[3] == syntax.Field);

    private static bool IsNameEnd(char c) => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c);

    private static string FirstLine(ReadOnlySpan<byte> body, Encoding encoding)
    {
        if (encoding.IsSingleByte && body.IndexOfAnyExcept(BlankBytes) is var start)
        {
            body = start < 0 ? default : body[start..];
            body = body.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var end ? body[..end] : body;
        }
        var text = encoding.GetString(body).Replace("\0", "", StringComparison.Ordinal).Trim(Blank.ToCharArray());
        return text.IndexOfAny(['\r', '\n']) is >= 0 and var stop ? text[..stop].TrimEnd(Blank.ToCharArray()) : text;
    }

    /// <summary>The message without what frames it.</summary>
    internal static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [MllpFraming.Start, .. var started])
        {
            bytes = started;
        }

        if (bytes is [0xEF, 0xBB, 0xBF, .. var marked])
        {
            bytes = marked;
        }

        return bytes switch
        {
            [.. var framed, MllpFraming.End, (byte)'\r'] => framed,
            [.. var framed, MllpFraming.End] => framed,
            _ => bytes,
        };
    }
}
