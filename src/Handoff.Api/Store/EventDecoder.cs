using System.Collections.Concurrent;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>Makes events of rows. A row that can't be read is an event too, of a kind that stops its own stream and no other.</summary>
internal sealed class EventDecoder(EventTypeRegistry names, ConcurrentDictionary<long, string>? unreadable = null)
{
    public StoredEvent Read(in EventRow row)
    {
        var at = new DateTimeOffset(row.At, TimeSpan.Zero);
        var headers = Headers.Read(row.Headers ?? "null"u8, at);
        var envelope = headers.Envelope(
            row.User,
            Guid.TryParse(row.Correlation, out var correlation) ? correlation : Guid.Empty,
            Guid.TryParse(row.Causation, out var causation) ? causation : null
        );
        return new(row.Position, row.Version, headers.Hash, new(row.Id, row.Stream, at, envelope, Event(row, at)));
    }

    private Event Event(in EventRow row, DateTimeOffset at)
    {
        try
        {
            return names.Read(row.Type, row.Data);
        }
        catch (Exception)
        {
            // Whatever a constructor or an upcast throws on another version's event, the events after it must be read.
            unreadable?.TryAdd(row.Position, row.Type);
            return new UnreadableEvent(at, row.Type);
        }
    }
}
