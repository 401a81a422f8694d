using System.Data.Common;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using JasperFx.Events;
using Marten;
using Marten.Exceptions;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>Where a batch goes on.</summary>
/// <param name="After">The hash that it follows on.</param>
/// <param name="Proofs">The hash that the chain comes to with each of its events.</param>
internal sealed record Link(byte[] After, byte[][] Proofs)
{
    public byte[] Reaches => Proofs[^1];

    public static Link For(byte[] after, IReadOnlyList<Append> batch, DateTimeOffset recorded)
    {
        var (proofs, last) = (new List<byte[]>(batch.Count), after);
        foreach (var written in batch.SelectMany(a => a.Prepared.Events))
        {
            proofs.Add(last = Canonical.Chain(last, written.Content, recorded));
        }

        return new(after, [.. proofs]);
    }
}
