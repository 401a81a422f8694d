using System.Data.Common;
using JasperFx.Events;
using Marten.Internal.Operations;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using ICommandBuilder = Weasel.Postgresql.ICommandBuilder;
using IStorageOperation = Marten.Internal.Operations.IStorageOperation;

namespace Handoff.Api.Store;

internal static class BatchColumns
{
    // What the batch itself moves is guarded by the version that it expects.
    public static List<(int From, KeyValuePair<string, long> Of)> SeenStreams(this IReadOnlyList<Append> batch)
    {
        var own = batch.Select(b => b.Stream).ToHashSet();
        return batch.Numbered(b => b.Seen.Streams.Where(s => !own.Contains(s.Key)));
    }

    public static List<(int From, KeyValuePair<string, long> Of)> SeenUnits(this IReadOnlyList<Append> batch) =>
        batch.Numbered(b => b.Seen.Units);

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
