using System.Collections.Concurrent;

namespace Handoff.Api.Feeds.Adt;

/// <summary>
/// How far senders' clocks are off, from when messages say that they were sent and when they came. A message can wait, but it can't come
/// before it was sent:
/// of the latest ones, the one that waited least tells the most.
/// </summary>
internal sealed class SkewMeter
{
    private const int Kept = 8;

    private readonly ConcurrentDictionary<(string Facility, Guid Feed), int[]> latest = new();

    /// <summary>Seconds ahead; negative for behind; null while too few messages came to tell being behind from having waited.</summary>
    internal int? Measure(string facility, Guid feed, DateTimeOffset sent, DateTimeOffset came)
    {
        var ahead = (int)Math.Clamp((sent - came).TotalSeconds, -86_400, 86_400);
        var seen = latest.AddOrUpdate((facility, feed), [ahead], (_, before) => [.. before.Append(ahead).TakeLast(Kept)]);
        return seen.Max() is var most && (most > 0 || seen.Length == Kept) ? most : null;
    }
}
