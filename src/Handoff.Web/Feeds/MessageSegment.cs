namespace Handoff.Web.Feeds;

/// <summary>One segment of a message for a person to read: its fields by HL7's number, the empty ones left out.</summary>
public sealed record MessageSegment(string Name, IReadOnlyList<MessageField> Fields)
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["MSH-7"] = "sent at",
        ["MSH-9"] = "kind of message",
        ["MSH-10"] = "control id",
        ["MSH-12"] = "version",
        ["MSH-18"] = "character set",
        ["EVN-1"] = "event",
        ["EVN-2"] = "recorded at",
        ["EVN-6"] = "occurred at",
        ["PID-3"] = "record number",
        ["PID-5"] = "name",
        ["PID-7"] = "born",
        ["PID-8"] = "sex",
        ["PID-15"] = "language",
        ["PID-18"] = "account",
        ["PV1-2"] = "class",
        ["PV1-3"] = "unit, room and bed",
        ["PV1-6"] = "came from",
        ["PV1-19"] = "visit number",
        ["PV1-44"] = "admitted at",
        ["PV1-45"] = "discharged at",
        ["PV2-47"] = "expected back",
        ["MRG-1"] = "earlier record number",
    };

    /// <summary>Cuts a message at its own field separator; a message without a header is lines of text.</summary>
    public static List<MessageSegment> Parse(string text)
    {
        var lines = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var separator = lines.FirstOrDefault(line => line.StartsWith("MSH", StringComparison.Ordinal)) is { Length: > 3 } header
            ? header[3]
            : '\0';
        return [.. lines.Select(line => Parse(line, separator))];
    }

    private static MessageSegment Parse(string line, char separator)
    {
        if (separator == '\0' || line.Length < 3 || (line.Length > 3 && line[3] != separator))
        {
            return new("", [new(0, null, line)]);
        }

        // In MSH the separator itself is field 1.
        var (name, shift) = (line[..3], line.StartsWith("MSH", StringComparison.Ordinal) ? 1 : 0);
        return new(
            name,
            [
                .. line.Split(separator)
                    .Select((field, i) => new MessageField(i + shift, Known.GetValueOrDefault($"{name}-{i + shift}"), field))
                    .Skip(1)
                    .Where(field => field.Text.Length > 0),
            ]
        );
    }
}

/// <param name="Means">What the field holds, in words, where it is one that admissions are read from.</param>
public sealed record MessageField(int Number, string? Means, string Text);
