using System.Text.Json;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>A snapshot as it stands in the database, to be compared with what its events come to.</summary>
internal sealed record SavedSnapshot(string Id, byte[] Json, object?[] FoundBy)
{
    public const string Columns =
        "s.id, s.data, s.kind, s.version, s.position, s.recorded_at, s.unit, s.stay, s.due, s.is_timed, s.mrn, s.is_held, s.day";

    private static readonly JsonSerializerOptions Written = new(EventTypeRegistry.Json)
    {
        Converters = { new SnapshotJson(EventTypeRegistry.Domain) },
    };

    /// <summary>Reads the columns from a first one on.</summary>
    public static SavedSnapshot From(NpgsqlDataReader row, int first) =>
        new(
            row.GetString(first),
            row.GetFieldValue<byte[]>(first + 1),
            [.. Enumerable.Range(first + 2, 11).Select(column => Value(row, column))]
        );

    /// <returns>How it differs from what must be saved, as a code and in words; null if it doesn't.</returns>
    public (string Code, string Says)? Difference(Snapshot must) =>
        this switch
        {
            _ when !Equals(FoundBy[1], must.Version) => (
                "state-version",
                $"the saved state is of version {FoundBy[1]}, the last event has version {must.Version}"
            ),
            _ when Canonical.Difference(Json, JsonSerializer.SerializeToUtf8Bytes(must, Written)) is { } path => (
                "state-differs",
                $"the saved state is not what its events come to, at {(path.Length == 0 ? "." : path)},"
            ),
            _ when !FoundBy.SequenceEqual(must.FoundBy()) => ("state-columns", "what the saved state is found by differs"),
            _ => null,
        };

    private static object? Value(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column)
            ? null
            : row.GetValue(column) switch
            {
                DateTime at when row.GetDataTypeName(column) == "date" => DateOnly.FromDateTime(at),
                DateTime at => new DateTimeOffset(at, TimeSpan.Zero),
                var value => value,
            };
}
