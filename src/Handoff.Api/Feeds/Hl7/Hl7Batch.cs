using System.Globalization;
using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Mllp;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>
/// Several messages sent as one (HL7 chapter 2, batch protocol): <c>[FHS] [BHS] { MSH … } [BTS] [FTS]</c>. It is unpacked, and answered by
/// a batch of the
/// messages' own acknowledgements in their order.
/// </summary>
public sealed class Hl7Batch
{
    private static readonly string[] Envelope = ["FHS", "BHS", "BTS", "FTS"];

    private readonly string? file;
    private readonly string header;
    private readonly string? counted;
    private readonly Encoding encoding;

    private Hl7Batch(string? file, string header, string? counted, Encoding encoding, IReadOnlyList<ReadOnlyMemory<byte>> messages) =>
        (this.file, this.header, this.counted, this.encoding, Messages) = (file, header, counted, encoding, messages);

    /// <summary>Each message as it was sent.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Messages { get; }

    /// <summary>The batch, or null for bytes that don't begin with a batch's or a file's header.</summary>
    public static Hl7Batch? Read(ReadOnlyMemory<byte> bytes)
    {
        var body = Hl7Message.Body(bytes.Span);
        var wide = Hl7Charsets.Wide(body);

        // Latin-1 gives every byte back as it came; a message is read in its own character set.
        var letters = wide ?? Encoding.Latin1;
        var start = body[..Math.Min(body.Length, 64)];
        if (!IsEnvelope(letters.GetString(start).TrimStart('\ufeff', ' ', '\t', '\r', '\n', '\0')))
        {
            return null;
        }

        var lines = letters
            .GetString(body)
            .TrimStart('\ufeff')
            .Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (outer, inner) = (
            lines[0].StartsWith("FHS", StringComparison.Ordinal) ? lines[0] : null,
            lines.FirstOrDefault(line => line.StartsWith("BHS", StringComparison.Ordinal) && IsEnvelope(line)) ?? lines[0]
        );
        return new(outer, inner, Counted(lines), letters, [.. Cut(lines).Select(text => Bytes(text, wide))]);
    }

    /// <summary>The acknowledgements as a batch of the same form.</summary>
    public byte[] Answer(IReadOnlyList<byte[]> acknowledgements, DateTimeOffset at)
    {
        var separator = header[3];
        var note =
            counted is { } said && said != Number(acknowledgements.Count)
                ? $"{separator}{said} messages were announced, {Number(acknowledgements.Count)} came."
                : "";
        byte[][] parts =
        [
            .. file is null ? Array.Empty<byte[]>() : [Line(Header("FHS", file, at))],
            Line(Header("BHS", header, at)),
            .. acknowledgements,
            Line($"BTS{separator}{Number(acknowledgements.Count)}{note}"),
            .. file is null ? Array.Empty<byte[]>() : [Line($"FTS{separator}1")],
        ];
        return [.. parts.SelectMany(part => part)];
    }

    // The sender's words come back with sender and receiver exchanged, and its control id (field 11) as the one referred to (field 12).
    private static string Header(string name, string from, DateTimeOffset at)
    {
        var fields = from.Split(from[3]);
        string Said(int number) => fields.ElementAtOrDefault(number - 1) ?? "";
        return string.Join(
                from[3],
                name,
                Said(2),
                Said(5),
                Said(6),
                Said(3),
                Said(4),
                at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
                "",
                "",
                "",
                "",
                Said(11)
            )
            .TrimEnd(from[3]);
    }

    private byte[] Line(string text) => encoding.GetBytes(text + '\r');

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static bool IsEnvelope(string line) =>
        line.Length > 8
        && (line.StartsWith("FHS", StringComparison.Ordinal) || line.StartsWith("BHS", StringComparison.Ordinal))
        && Hl7Syntax.Read(line, Encoding.Latin1).Syntax is not null;

    private static string? Counted(string[] lines) =>
        lines.LastOrDefault(line => line.StartsWith("BTS", StringComparison.Ordinal)) is { Length: > 4 } trailer
            ? trailer.Split(trailer[3])[1].Trim() is { Length: > 0 } said && said.All(char.IsAsciiDigit)
                ? said.TrimStart('0').PadLeft(1, '0')
                : null
            : null;

    private static IEnumerable<string> Cut(string[] lines)
    {
        var message = new StringBuilder();
        foreach (var line in lines)
        {
            var isEnvelope = Envelope.Any(name => line.StartsWith(name, StringComparison.Ordinal));
            if ((isEnvelope || line.StartsWith("MSH", StringComparison.Ordinal)) && message.Length > 0)
            {
                yield return message.ToString();
                message.Clear();
            }

            if (!isEnvelope)
            {
                message.Append(line).Append('\r');
            }
        }

        if (message.Length > 0)
        {
            yield return message.ToString();
        }
    }

    private static ReadOnlyMemory<byte> Bytes(string message, Encoding? wide) =>
        wide is null ? Encoding.Latin1.GetBytes(message) : ReceivedMessage.Bytes(message);
}
