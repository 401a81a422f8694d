using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// Writes one facility's batches, each in one transaction of a Marten session: the operation that writes it, with the versions that its
/// streams are
/// expected at, and the commit. And asks why one was not taken.
/// </summary>
internal sealed class Appender(EventStore store, string facility) : IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? held;

    /// <summary>Holds the facility's order: until the next write, or <see cref="Release"/>, nobody else appends.</summary>
    /// <returns>The hash that the log ends on.</returns>
    public async Task<byte[]> Hold()
    {
        var open = await Open();
        held = await open.BeginTransactionAsync();
        await using var order = new NpgsqlBatch(open, held)
        {
            BatchCommands =
            {
                new("insert into handoff.heads (tenant_id) values ($1) on conflict do nothing")
                {
                    Parameters = { new() { Value = facility } },
                },
                new("select hash from handoff.heads where tenant_id = $1 for update") { Parameters = { new() { Value = facility } } },
            },
        };
        return (byte[])(await order.ExecuteScalarAsync())!;
    }

    /// <summary>
    /// Writes the batch as one transaction, or nothing of it. If it is not known where it goes on, the order is held first.
    /// </summary>
    /// <exception cref="ObjectedException">The log is not as the batch was decided on.</exception>
    /// <exception cref="NpgsqlException">The database could not be reached, or refused; whether it was written is not known if the
    /// connection broke.</exception>
    public async Task<Landing> Write(Batch batch)
    {
        var start = Stopwatch.GetTimestamp();
        var link =
            batch.Link
            ?? Link.For(
                held is null ? await Hold() : throw new InvalidOperationException("Whoever holds the order knows where it goes on."),
                batch.Appends,
                batch.Recorded
            );
        held ??= await (await Open()).BeginTransactionAsync();
        var positions = await Save(batch with { Link = link }, held);
        await Release();
        Measures.Commit.Record(Measures.Since(start));
        Measures.Batch.Record(batch.Appends.Count);
        return new(positions, link.Reaches);
    }

    /// <summary>Why the log objected to the batch.</summary>
    public async Task<List<Objection>> Ask(Batch batch)
    {
        var appends = batch.Appends;
        var (events, streams, units) = (appends.Numbered(a => a.Events), appends.SeenStreams(), appends.SeenUnits());
        await using var ask = store.Source.CreateCommand(
            "select stream, outcome, at, rebuilt from handoff.check_batch($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)"
        );
        object[] values =
        [
            facility,
            batch.Recorded.UtcDateTime,
            batch.Rebuilt,
            batch.Link?.After ?? (object)DBNull.Value,
            appends.Each(a => a.Stream),
            appends.Each(a => a.Before.Version),
            events.Each(e => e.Of.Id),
            events.Each(e => e.From),
            streams.Each(s => s.From),
            streams.Each(s => s.Of.Key),
            streams.Each(s => s.Of.Value),
            units.Each(u => u.From),
            units.Each(u => u.Of.Key),
            units.Each(u => u.Of.Value),
        ];
        foreach (var value in values)
        {
            ask.Parameters.Add(
                value is DBNull ? new() { Value = value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea } : new() { Value = value }
            );
        }

        var objections = new List<Objection>();
        await using var rows = await ask.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            objections.Add(
                new(
                    rows.GetInt32(0),
                    rows.GetString(1),
                    rows.IsDBNull(2) ? null : new DateTimeOffset(rows.GetDateTime(2)),
                    rows.IsDBNull(3) ? null : rows.GetInt64(3)
                )
            );
        }

        return objections;
    }

    /// <summary>Gives the order up again, if it is held.</summary>
    public async Task Release()
    {
        if (held is not null)
        {
            await held.DisposeAsync();
            held = null;
        }
    }

    /// <summary>After a failure the next write starts on a new connection.</summary>
    public async Task Reset()
    {
        var broken = connection;
        (held, connection) = (null, null);
        if (broken is not null)
        {
            await broken.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await Reset();

    private async Task<NpgsqlConnection> Open() => connection ??= await store.Appends.OpenConnectionAsync();

    private async Task<long[]> Save(Batch batch, NpgsqlTransaction transaction)
    {
        var options = Marten.Services.SessionOptions.ForTransaction(transaction);
        (options.TenantId, options.Tracking) = (facility, DocumentTracking.None);
        await using var session = store.Marten.OpenSession(options);
        var append = new AppendBatch(batch);
        session.QueueOperation(append);
        session.QueueOperation(new Commit());
        try
        {
            await session.SaveChangesAsync();
        }
        catch (Exception refused) when (Reason(refused) is { } reason)
        {
            ExceptionDispatchInfo.Throw(reason);
        }

        return append.Positions;
    }

    // Marten tells a failure in its own words; what the database said is inside.
    private static Exception? Reason(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is PostgresException said)
            {
                return said.SqlState is "HO001" or "HO002" or PostgresErrorCodes.UniqueViolation ? new ObjectedException(said) : said;
            }
        }

        return failure is EventStreamUnexpectedMaxEventIdException
            ? new ObjectedException(failure)
            : failure.InnerException as NpgsqlException;
    }
}
