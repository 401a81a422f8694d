using System.Text.Json;

namespace Handoff.Api.Store;

/// <summary>What was written to or read from an export.</summary>
/// <param name="Hash">The chain's hash at the facility's last proven event, in hexadecimal.</param>
public sealed record LogCopy(string Facility, long Events, long Position, string Hash);

/// <summary>An export that is not whole, was changed, or does not fit into this database. Nothing of it was imported.</summary>
/// <param name="line">The line of the file, from 1; 0 if it is about no line.</param>
public sealed class TransferException(string message, long line = 0) : Exception(line == 0 ? message : $"Line {line}: {message}")
{
    public long Line { get; } = line;
}

/// <summary>The first line of an export.</summary>
internal sealed record TransferHead(string Format, int Version, string Facility)
{
    public const string Name = "handoff-events";

    public const int Current = 1;
}

/// <summary>The last line of an export: a file without it was cut off.</summary>
internal sealed record TransferEnd(long Events, long Position, string Hash);

/// <summary>One event of an export: the columns of <c>mt_events</c> under their own names, and the proof.</summary>
internal sealed record TransferLine(
    long SeqId,
    Guid Id,
    string StreamId,
    long Version,
    JsonElement Data,
    string Type,
    DateTimeOffset Timestamp,
    string? MtDotnetType,
    string? CorrelationId,
    string? CausationId,
    JsonElement? Headers,
    string? UserName,
    bool IsArchived,
    string? Hash
)
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
