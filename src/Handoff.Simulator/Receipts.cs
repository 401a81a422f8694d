using System.Text.Json;
using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary>One acknowledged request.</summary>
/// <param name="Key">Its Idempotency-Key; of a feed's message, its control id.</param>
/// <param name="Position">The log position that the answer gave; null for a feed's message.</param>
/// <param name="Events">The ids of what it recorded, the first of which is the request's.</param>
public sealed record Receipt(DeedKind Kind, string Key, string? Stream, long? Version, long? Position, IReadOnlyList<Guid> Events)
{
    public static Receipt Read(string line) => JsonSerializer.Deserialize<Receipt>(line, EventTypeRegistry.Json)!;
}

/// <summary>
/// A file with a line of JSON for each acknowledged request, on disk as soon as it is written, so that it can be compared with the log
/// after a fault.
/// </summary>
public sealed class Receipts(string file) : IDisposable
{
    private readonly StreamWriter lines = new(file, append: true) { AutoFlush = true };

    public void Add(Deed deed, Outcome outcome)
    {
        if (outcome.IsAcknowledged)
        {
            var written = outcome.Written;
            lines.WriteLine(
                JsonSerializer.Serialize(
                    new Receipt(deed.Kind, deed.Key, written?.Stream, written?.Version, written?.Position, written?.Events ?? []),
                    EventTypeRegistry.Json
                )
            );
        }
    }

    public void Dispose() => lines.Dispose();
}
