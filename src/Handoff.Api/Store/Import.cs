using System.Text;
using System.Text.Json;
using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Store;

/// <summary>
/// Reads an export into a database that has nothing of that facility, at the same positions, checks each event's proof on the way, and
/// takes all of it or nothing. The states are folded afterwards.
/// </summary>
/// <param name="owner">Connections as the owner of the tables.</param>
public sealed class Import(NpgsqlDataSource owner, EventStore store)
{
    private const int Page = 2_000;

    /// <exception cref="TransferException">Says what is wrong, and in which line.</exception>
    public async Task<LogCopy> Run(Stream from, CancellationToken cancel)
    {
        var transferred = await Take(from, cancel);
        await new Rebuild(store).Run(transferred.Facility, cancel);
        return transferred;
    }

    private async Task<LogCopy> Take(Stream from, CancellationToken cancel)
    {
        await using var connection = await owner.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        using var lines = new ExportLines(from);
        var facility = await lines.Head(cancel);
        await Claim(connection, facility, cancel);
        var chain = new Chain();
        var page = new List<TransferLine>(Page);
        await foreach (var line in lines.Events(chain, cancel))
        {
            page.Add(line);
            if (page.Count == Page)
            {
                await Write(connection, facility, page, cancel);
                page.Clear();
            }
        }

        await Write(connection, facility, page, cancel);
        await Finish(connection, facility, chain, cancel);
        await transaction.CommitAsync(cancel);
        return new(facility, lines.Count, chain.Position, chain.Hash);
    }

    // The head's row keeps everybody else from beginning this facility meanwhile.
    private static async Task Claim(NpgsqlConnection connection, string facility, CancellationToken cancel)
    {
        await Execute(connection, "insert into handoff.heads (tenant_id) values ($1) on conflict do nothing", cancel, facility);
        await using var used = new NpgsqlCommand(
            """
            select exists (select from handoff.mt_streams where tenant_id = $1)
                or exists (select from handoff.mt_events where tenant_id = $1)
            from handoff.heads where tenant_id = $1 for update
            """,
            connection
        );
        used.Parameters.Add(new() { Value = facility });
        if (await used.ExecuteScalarAsync(cancel) is true)
        {
            throw new TransferException(
                $"The facility {facility} has events in this database already. Import into one that has none of it."
            );
        }
    }

    private static async Task Write(NpgsqlConnection connection, string facility, List<TransferLine> page, CancellationToken cancel)
    {
        await Execute(
            connection,
            "insert into handoff.mt_streams (tenant_id, id, type, version) select $1, s, split_part(s, '-', 1), 0 from "
                + "unnest($2) s on conflict do nothing",
            cancel,
            facility,
            page.Select(l => l.StreamId).Distinct().ToArray()
        );
        try
        {
            await Copy(connection, facility, page, cancel);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new TransferException(
                $"An event of the export, or its position, is in this database already ({taken.ConstraintName}). Import into "
                    + "one that is empty."
            );
        }
    }

    private static async Task Copy(NpgsqlConnection connection, string facility, List<TransferLine> page, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            copy handoff.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
                correlation_id, causation_id, headers, user_name, is_archived) from stdin (format binary)
            """,
            cancel
        );
        foreach (var line in page)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(line.SeqId, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(line.Id, NpgsqlDbType.Uuid, cancel);
            await copy.WriteAsync(line.StreamId, NpgsqlDbType.Varchar, cancel);
            await copy.WriteAsync(line.Version, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(line.Data.GetRawText(), NpgsqlDbType.Jsonb, cancel);
            await copy.WriteAsync(line.Type, NpgsqlDbType.Varchar, cancel);
            await copy.WriteAsync(line.Timestamp.UtcDateTime, NpgsqlDbType.TimestampTz, cancel);
            await copy.WriteAsync(facility, NpgsqlDbType.Varchar, cancel);
            await copy.WriteAsync(line.MtDotnetType, NpgsqlDbType.Varchar, cancel);
            await copy.WriteAsync(line.CorrelationId, NpgsqlDbType.Varchar, cancel);
            await copy.WriteAsync(line.CausationId, NpgsqlDbType.Varchar, cancel);
            await copy.WriteAsync(line.Headers?.GetRawText(), NpgsqlDbType.Jsonb, cancel);
            await copy.WriteAsync(line.UserName, NpgsqlDbType.Varchar, cancel);
            await copy.WriteAsync(line.IsArchived, NpgsqlDbType.Boolean, cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    private static async Task Finish(NpgsqlConnection connection, string facility, Chain chain, CancellationToken cancel)
    {
        await Execute(
            connection,
            """
            update handoff.mt_streams m set version = e.version, created = e.first, timestamp = e.last
            from (select stream_id, max(version) as version, min(timestamp) as first, max(timestamp) as last
                  from handoff.mt_events where tenant_id = $1 group by stream_id) e
            where m.tenant_id = $1 and m.id = e.stream_id
            """,
            cancel,
            facility
        );
        await Execute(
            connection,
            """
            insert into handoff.about (tenant_id, stay, seq_id)
            select distinct $1, s.stay::uuid, e.seq_id from handoff.mt_events e
            cross join lateral jsonb_array_elements_text(
                case jsonb_typeof(e.headers -> 'stays') when 'array' then e.headers -> 'stays' else '[]' end) s (stay)
            where e.tenant_id = $1 and e.headers ? 'hash'
            """,
            cancel,
            facility
        );
        await Execute(
            connection,
            "update handoff.heads set position = $2, hash = $3, recorded = $4 where tenant_id = $1",
            cancel,
            facility,
            chain.Position,
            chain.Bytes.ToArray(),
            DateTime.SpecifyKind(chain.Recorded.UtcDateTime, DateTimeKind.Utc)
        );

        // No other facility may draw a position while the sequence is moved past ours, or it could be moved back: this changes nothing, and
        // holds it.
        await Execute(connection, "alter sequence handoff.mt_events_sequence owned by handoff.mt_events.seq_id", cancel);
        await Execute(
            connection,
            """
            select setval('handoff.mt_events_sequence', e.last)
                from (select max(seq_id) as last from handoff.mt_events where tenant_id = $1) e, handoff.mt_events_sequence s
            where e.last > s.last_value or (e.last = s.last_value and not s.is_called)
            """,
            cancel,
            facility
        );
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] arguments)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        await command.ExecuteNonQueryAsync(cancel);
    }
}
