using System.Data;
using System.Text.Json;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// Writes one facility's events as NDJSON, in order, from one snapshot: a line that says what it is, a line for each event with all of its
/// columns, and a line that counts them and holds the chain's last hash.
/// </summary>
public sealed class Export(NpgsqlDataSource source)
{
    public async Task<LogCopy> Run(string facility, Stream to, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await Schema.Unhurried(connection, cancel);
        await using var command = new NpgsqlCommand(
            """
            select seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, user_name,
                coalesce(is_archived, false), headers ->> 'hash'
            from handoff.mt_events where tenant_id = $1 order by seq_id
            """,
            connection
        )
        {
            CommandTimeout = 0,
        };
        command.Parameters.Add(new() { Value = facility });

        await Write(to, new TransferHead(TransferHead.Name, TransferHead.Current, facility), cancel);
        var (events, position, hash) = (0L, 0L, "");
        await using (var rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                var line = Line(rows);
                await Write(to, line, cancel);
                (events, position, hash) = line.Hash is null ? (events + 1, position, hash) : (events + 1, line.SeqId, line.Hash);
            }
        }

        await Write(to, new TransferEnd(events, position, hash), cancel);
        await to.FlushAsync(cancel);
        return new(facility, events, position, hash);
    }

    private static TransferLine Line(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetGuid(1),
            row.GetString(2),
            row.GetInt64(3),
            Json(row, 4)!.Value,
            row.GetString(5),
            new(row.GetDateTime(6), TimeSpan.Zero),
            Text(row, 7),
            Text(row, 8),
            Text(row, 9),
            Json(row, 10),
            Text(row, 11),
            row.GetBoolean(12),
            Text(row, 13)
        );

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static JsonElement? Json(NpgsqlDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            return null;
        }

        var reader = new Utf8JsonReader(row.GetFieldValue<byte[]>(column));
        return JsonElement.ParseValue(ref reader);
    }

    private static async Task Write<T>(Stream to, T line, CancellationToken cancel)
    {
        await to.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, TransferLine.Json), cancel);
        await to.WriteAsync("\n"u8.ToArray(), cancel);
    }
}
