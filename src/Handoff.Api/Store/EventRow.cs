using System.Collections.Concurrent;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>An event as its columns hold it; JSON as UTF-8.</summary>
internal readonly record struct EventRow(
    long Position,
    Guid Id,
    string Stream,
    long Version,
    string Type,
    byte[] Data,
    DateTime At,
    string? Correlation,
    string? Causation,
    byte[]? Headers,
    string? User
)
{
    /// <summary>The columns in the order in which <see cref="From"/> reads them.</summary>
    public const string Columns = "seq_id, id, stream_id, version, type, data, timestamp, correlation_id, causation_id, headers, user_name";

    /// <summary>Reads the columns from first to last, so the reader may be a sequential one.</summary>
    public static EventRow From(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetGuid(1),
            row.GetString(2),
            row.GetInt64(3),
            row.GetString(4),
            row.GetFieldValue<byte[]>(5),
            row.GetDateTime(6),
            Text(row, 7),
            Text(row, 8),
            row.IsDBNull(9) ? null : row.GetFieldValue<byte[]>(9),
            Text(row, 10)
        );

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>Stands in for an event whose name or shape this version does not know. Its stream can't be folded.</summary>
internal sealed record UnreadableEvent(DateTimeOffset OccurredAt, string Type) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"An entry of the kind {Type}, which this version can't read.";
}

/// <summary>A stream holds an event that can't be read. Nothing is decided on it until that is mended.</summary>
public sealed class StreamUnreadableException(string type)
    : Exception($"The stream holds an event of the kind {type}, which this version can't read.");
