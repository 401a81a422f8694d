using System.Data.Common;
using JasperFx.Events;
using Marten.Internal.Operations;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using IStorageOperation = Marten.Internal.Operations.IStorageOperation;

namespace Handoff.Api.Store;

/// <summary>
/// The one operation of a Marten session that writes a batch: Marten's own would append stream by stream, each by a call that costs the
/// server more than
/// all else that is written with an event (docs/decisions/0011).
/// </summary>
internal sealed class AppendBatch(Batch batch) : IStorageOperation
{
    public Type DocumentType => typeof(IEvent);

    /// <summary>The events' positions, in their order, when it has been written.</summary>
    public long[] Positions { get; private set; } = [];

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append("select handoff.append_batch(");
        var separator = "";
        foreach (var (value, type) in Arguments())
        {
            builder.Append(separator);
            builder.AppendParameter(value, type);
            separator = ",";
        }

        builder.Append(")");
    }

    public async Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token)
    {
        if (await reader.ReadAsync(token))
        {
            Positions = await reader.GetFieldValueAsync<long[]>(0, token);
        }
    }

    private IEnumerable<(object Value, NpgsqlDbType Type)> Arguments()
    {
        var appends = batch.Appends;
        var (snapshots, last) = (appends.Each(a => a.Prepared.Snapshot), 0);
        yield return (batch.Facility, NpgsqlDbType.Varchar);
        yield return (batch.Recorded.UtcDateTime, NpgsqlDbType.TimestampTz);
        yield return (batch.Rebuilt, NpgsqlDbType.Bigint);
        yield return (batch.Link!.After, NpgsqlDbType.Bytea);
        yield return (batch.Link.Reaches, NpgsqlDbType.Bytea);

        yield return Array(snapshots, s => s.Id, NpgsqlDbType.Varchar);
        yield return Array(snapshots, s => s.Kind, NpgsqlDbType.Varchar);
        yield return Array(appends, a => a.Before.Version, NpgsqlDbType.Bigint);
        yield return Array(snapshots, s => s.Version, NpgsqlDbType.Bigint);
        yield return Array(appends, a => last += a.Events.Count, NpgsqlDbType.Integer);
        yield return Array(snapshots, s => s.Unit, NpgsqlDbType.Varchar);
        yield return Array(snapshots, s => s.Stay, NpgsqlDbType.Uuid);
        yield return Array(snapshots, s => s.Due?.UtcDateTime, NpgsqlDbType.TimestampTz);
        yield return Array(snapshots, s => s.Mrn, NpgsqlDbType.Varchar);
        yield return Array(snapshots, s => s.IsHeld, NpgsqlDbType.Boolean);
        yield return Array(snapshots, s => s.Day, NpgsqlDbType.Date);
        yield return Array(appends, a => a.Prepared.Json, NpgsqlDbType.Text);

        var events = appends.Numbered(a => a.Prepared.Events);
        yield return Array(events, e => e.Of.Recorded.Id, NpgsqlDbType.Uuid);
        yield return Array(events, e => e.From, NpgsqlDbType.Integer);
        yield return Array(events, e => e.Of.Version, NpgsqlDbType.Bigint);
        yield return Array(events, e => e.Of.Type, NpgsqlDbType.Varchar);
        yield return Array(events, e => DotNetType(e.Of.Recorded.Event.GetType()), NpgsqlDbType.Varchar);
        yield return Array(events, e => e.Of.Json, NpgsqlDbType.Jsonb);
        yield return (events.Select((e, n) => e.Of.Proven(batch.Link.Proofs[n])).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
        yield return Array(events, e => e.Of.Recorded.By.Name, NpgsqlDbType.Varchar);
        yield return Array(events, e => e.Of.Recorded.Envelope.Correlation.ToString("D"), NpgsqlDbType.Varchar);
        yield return Array(events, e => e.Of.Recorded.Envelope.Causation?.ToString("D"), NpgsqlDbType.Varchar);

        var about = events.Numbered(e => e.Of.Recorded.Envelope.Stays!);
        yield return Array(about, a => a.From, NpgsqlDbType.Integer);
        yield return Array(about, a => a.Of, NpgsqlDbType.Uuid);

        List<KeyValuePair<string, long>> streams = [.. appends.SeenStreams().Select(s => s.Of).Distinct()];
        yield return Array(streams, s => s.Key, NpgsqlDbType.Varchar);
        yield return Array(streams, s => s.Value, NpgsqlDbType.Bigint);

        List<KeyValuePair<string, long>> units = [.. appends.SeenUnits().Select(u => u.Of).Distinct()];
        yield return Array(units, u => u.Key, NpgsqlDbType.Varchar);
        yield return Array(units, u => u.Value, NpgsqlDbType.Bigint);
    }

    private static (object, NpgsqlDbType) Array<TItem, T>(IReadOnlyList<TItem> items, Func<TItem, T> of, NpgsqlDbType type) =>
        (items.Each(of), NpgsqlDbType.Array | type);

    // As Marten writes it, for its own readers.
    private static string DotNetType(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}

/// <summary>
/// At the very end, in the same round trip: only what all went well is committed, for after an error the server skips to the batch's end.
/// </summary>
internal sealed class Commit : IStorageOperation
{
    public Type DocumentType => typeof(Snapshot);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session) => builder.Append("commit");

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}
