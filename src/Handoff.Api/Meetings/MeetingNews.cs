using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Timeline;

namespace Handoff.Api.Meetings;

/// <summary>
/// Reads what may be of note about several patients since their last reviews: of weeks of checks only those on which something was unusual.
/// </summary>
public sealed class MeetingNews(StayEvents events, EventTypeRegistry names)
{
    private readonly string[] kinds = [.. names.Events.Where(e => SinceReview.MayBeOfNote(e.Value)).Select(e => e.Key)];

    /// <param name="after">By stay, the log position after which it begins.</param>
    /// <param name="upTo">The log position up to which it speaks.</param>
    public async Task<ILookup<Guid, Fact>> Since(
        string facility,
        IReadOnlyDictionary<Guid, long> after,
        long upTo,
        CancellationToken cancel
    )
    {
        var facts = new List<(Guid Stay, Fact Fact)>();
        await foreach (var logged in events.OfNote(facility, after, upTo, kinds, cancel))
        {
            facts.AddRange(
                (logged.Recorded.Envelope.Stays ?? [])
                    .Where(stay => after.TryGetValue(stay, out var position) && logged.Position > position)
                    .Select(stay => (stay, new Fact(logged.Position, logged.Recorded)))
            );
        }

        return facts.ToLookup(f => f.Stay, f => f.Fact);
    }
}
