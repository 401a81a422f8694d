using System.Text;

namespace Handoff.Simulator;

/// <summary>
/// The service's answers to HL7 messages, read as the machine that sent them would: by the separators that their header declares.
/// </summary>
internal static class AckReader
{
    /// <summary>One for each message; a batch is answered by a batch. Never empty.</summary>
    public static IReadOnlyList<Ack> Read(byte[] answer)
    {
        var segments = Encoding
            .Latin1.GetString(answer)
            .Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var begins = segments.Index().Where(line => IsA("MSH", line.Item)).Select(line => line.Index).DefaultIfEmpty(0).ToList();
        return [.. begins.Zip(begins.Skip(1).Append(segments.Length), (from, to) => One(segments[from..to]))];
    }

    // Our own code stands in ERR-5; a refusal without one has at least that of MSA-1.
    private static Ack One(string[] message)
    {
        var (code, fault) = (Field(message, "MSA", 1), Field(message, "ERR", 5));
        return new(code ?? "none", code == "AA" ? null : fault ?? code ?? "answer-unreadable");
    }

    /// <summary>A field's first component; null where it is empty or absent.</summary>
    private static string? Field(string[] message, string segment, int number) =>
        message is [{ Length: > 4 } header, ..]
        && message.FirstOrDefault(line => IsA(segment, line))?.Split(header[3]).ElementAtOrDefault(number) is { } field
        && field.Split(header[4])[0] is { Length: > 0 } component
            ? component
            : null;

    private static bool IsA(string segment, string line) => line.StartsWith(segment, StringComparison.Ordinal);
}
