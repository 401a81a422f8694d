using System.Data.Common;
using System.Text;
using Handoff.Domain.Kernel;
using JasperFx.Events;
using Marten.Internal.Operations;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using IStorageOperation = Marten.Internal.Operations.IStorageOperation;

namespace Handoff.Api.Store;

/// <summary>An operation of a Marten session that calls one of our functions with a batch's arrays.</summary>
internal abstract class BatchOperation(string function, Type sorted) : IStorageOperation
{
    // A session runs what concerns events before what concerns documents, each in the order in which it was queued.
    public Type DocumentType => sorted;

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append($"select {function}(");
        var separator = "";
        foreach (var (value, type) in Arguments())
        {
            builder.Append(separator);
            builder.AppendParameter(value, type);
            separator = ",";
        }

        builder.Append(")");
    }

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;

    protected abstract IEnumerable<(object Value, NpgsqlDbType Type)> Arguments();

    protected static (object, NpgsqlDbType) Array<TItem, T>(IReadOnlyList<TItem> items, Func<TItem, T> of, NpgsqlDbType type) => (items.Each(of), NpgsqlDbType.Array | type);
}

/// <summary>Before all else: takes the facility's order and holds it to commit, if everything is as it was when the batch was decided.</summary>
internal sealed class TakeOrder(Batch batch) : BatchOperation("handoff.take_order", typeof(IEvent))
{
    protected override IEnumerable<(object Value, NpgsqlDbType Type)> Arguments()
    {
        var appends = batch.Appends;
        List<KeyValuePair<string, long>> streams = [.. appends.Select(a => new KeyValuePair<string, long>(a.Stream, a.Before.Version)), .. appends.SeenStreams().Select(s => s.Of).Distinct()];
        List<KeyValuePair<string, long>> units = [.. appends.SeenUnits().Select(u => u.Of).Distinct()];
        yield return (batch.Facility, NpgsqlDbType.Varchar);
        yield return (batch.Recorded.UtcDateTime, NpgsqlDbType.TimestampTz);
        yield return (batch.Rebuilt, NpgsqlDbType.Bigint);
        yield return (batch.Link!.After, NpgsqlDbType.Bytea);
        yield return Array([.. appends.SelectMany(a => a.Events)], e => e.Id, NpgsqlDbType.Uuid);
        yield return Array(streams, s => s.Key, NpgsqlDbType.Varchar);
        yield return Array(streams, s => s.Value, NpgsqlDbType.Bigint);
        yield return Array(units, u => u.Key, NpgsqlDbType.Varchar);
        yield return Array(units, u => u.Value, NpgsqlDbType.Bigint);
        yield return Array(appends, a => a.Stream, NpgsqlDbType.Varchar);
    }
}

/// <summary>After the events: the snapshots that were folded from exactly their versions, which stays they concern, and where the log ends now.</summary>
internal sealed class LeaveSnapshots(Batch batch) : BatchOperation("handoff.leave_snapshots", typeof(Snapshot))
{
    protected override IEnumerable<(object Value, NpgsqlDbType Type)> Arguments()
    {
        var (appends, prepared) = (batch.Appends, batch.Appends.Each(a => a.Prepared));
        List<Recorded> events = [.. appends.SelectMany(a => a.Events)];
        var about = events.Numbered(e => e.Envelope.Stays!);
        var last = 0;
        yield return (batch.Facility, NpgsqlDbType.Varchar);
        yield return (batch.Recorded.UtcDateTime, NpgsqlDbType.TimestampTz);
        yield return (batch.Link!.Reaches, NpgsqlDbType.Bytea);
        yield return Array(events, e => e.Id, NpgsqlDbType.Uuid);
        yield return Array(prepared, p => p.Snapshot.Id, NpgsqlDbType.Varchar);
        yield return Array(prepared, p => p.Snapshot.Kind, NpgsqlDbType.Varchar);
        yield return Array(prepared, p => p.Snapshot.Version, NpgsqlDbType.Bigint);
        yield return Array(appends, a => last += a.Events.Count, NpgsqlDbType.Integer);
        yield return Array(prepared, p => p.Snapshot.Unit, NpgsqlDbType.Varchar);
        yield return Array(prepared, p => p.Snapshot.Stay, NpgsqlDbType.Uuid);
        yield return Array(prepared, p => p.Snapshot.Due?.UtcDateTime, NpgsqlDbType.TimestampTz);
        yield return Array(prepared, p => p.Snapshot.Mrn, NpgsqlDbType.Varchar);
        yield return Array(prepared, p => p.Snapshot.IsHeld, NpgsqlDbType.Boolean);
        yield return Array(prepared, p => p.Snapshot.Day, NpgsqlDbType.Date);
        yield return Array(prepared, p => p.Json, NpgsqlDbType.Text);
        yield return Array(about, a => a.From, NpgsqlDbType.Integer);
        yield return Array(about, a => a.Of, NpgsqlDbType.Uuid);
    }
}

/// <summary>At the very end, in the same round trip: only what all went well is committed, for after an error the server skips to the batch's end.</summary>
internal sealed class Commit : IStorageOperation
{
    public Type DocumentType => typeof(Snapshot);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session) => builder.Append("commit");

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
}

internal static class BatchColumns
{
    // What the batch itself moves is guarded by the version that it expects.
    public static List<(int From, KeyValuePair<string, long> Of)> SeenStreams(this IReadOnlyList<Append> batch)
    {
        var own = batch.Select(b => b.Stream).ToHashSet();
        return batch.Numbered(b => b.Seen.Streams.Where(s => !own.Contains(s.Key)));
    }

    public static List<(int From, KeyValuePair<string, long> Of)> SeenUnits(this IReadOnlyList<Append> batch) => batch.Numbered(b => b.Seen.Units);

    /// <summary>What each holds, with the number of who holds it, from 1.</summary>
    public static List<(int From, T Of)> Numbered<TItem, T>(this IReadOnlyList<TItem> items, Func<TItem, IEnumerable<T>> of) =>
        [.. items.SelectMany((item, i) => of(item).Select(each => (i + 1, each)))];

    public static TValue[] Each<TItem, TValue>(this IReadOnlyList<TItem> items, Func<TItem, TValue> of)
    {
        var all = new TValue[items.Count];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = of(items[i]);
        }

        return all;
    }
}
