using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>
/// The enrolled sources of evidence. A facility has a handful, so who enrolled and revoked each is read from its own two events.
/// </summary>
public sealed class EvidenceSourceReader(StateReader states, LogReader log)
{
    /// <summary>Those that are accepted first, then by name.</summary>
    public async Task<IReadOnlyList<EnrolledSource>> All(string facility, CancellationToken cancel)
    {
        var sources = new List<EnrolledSource>();
        foreach (var saved in await states.OfKind(facility, StateKind<EvidenceSource>.Name, cancel))
        {
            if (await One(facility, ((EvidenceSource)saved.State).Id, cancel) is { } source)
            {
                sources.Add(source);
            }
        }

        return [.. sources.OrderBy(source => source.RevokedAt is not null).ThenBy(source => source.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Null if there is no such source.</summary>
    public async Task<EnrolledSource?> One(string facility, Guid id, CancellationToken cancel)
    {
        EnrolledSource? source = null;
        await foreach (var logged in log.Stream(facility, StreamId.For(StateKind<EvidenceSource>.Name, id), cancel))
        {
            source = After(source, id, logged.Recorded);
        }

        return source;
    }

    private static EnrolledSource? After(EnrolledSource? source, Guid id, EventEnvelope fact) =>
        fact.Event switch
        {
            EvidenceSourceEnrolled e => new(id, e.Name, e.Grade, e.PublicKey, fact.At, fact.By.Name, null, null, null),
            EvidenceSourceRevoked e when source is not null => source with
            {
                RevokedAt = fact.At,
                RevokedBy = fact.By.Name,
                Reason = e.Reason,
            },
            _ => source,
        };
}
