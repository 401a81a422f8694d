using System.Collections.Concurrent;
using Handoff.Api.Store;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Api.Handoffs;

/// <summary>
/// Counts what is new to whoever accepted a patient. What the handoff itself records is not news (what was foreseen in it is), nor is a
/// check on which nothing was
/// unusual. What was counted is kept, and only what was recorded since is read and counted on.
/// </summary>
public sealed class HandoffNews(StayEvents events, EventTypeRegistry names)
{
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<(string Facility, Guid Stay), Counted> kept = new();

    internal static bool IsCalm(Event happened) =>
        happened is SafetyChecked { BreathingSeen: not false } check && check.ForHandoff(UnitTime.Utc) is null;

    /// <summary>How much was recorded about each patient after the handoff that was accepted last.</summary>
    /// <param name="latest">For each patient the position of the last event that concerns them, where that is known: nothing is asked where
    /// nothing came.</param>
    public async Task<IReadOnlyDictionary<Guid, int>> Count(
        string facility,
        IEnumerable<Care> cares,
        IReadOnlyDictionary<Guid, long>? latest,
        CancellationToken cancel
    )
    {
        var counts = cares.Where(c => c.Accepted is not null).ToDictionary(c => c.Stay, c => Known(facility, c));
        var owed = counts.Where(c => latest is null || !latest.TryGetValue(c.Key, out var last) || last > c.Value.UpTo).ToDictionary();
        foreach (var (stay, counted) in owed.Count == 0 ? owed : await Read(facility, owed, cancel))
        {
            counts[stay] = kept[(facility, stay)] = counted;
        }

        if (kept.Count > Most)
        {
            kept.Clear();
        }

        return counts.ToDictionary(c => c.Key, c => c.Value.Number);
    }

    private Counted Known(string facility, Care care) =>
        kept.TryGetValue((facility, care.Stay), out var counted) && counted.Watermark == care.Accepted!.Said.Watermark
            ? counted
            : new(care.Accepted!.Said.Watermark, care.Accepted.Said.Watermark, 0);

    private async Task<Dictionary<Guid, Counted>> Read(string facility, Dictionary<Guid, Counted> counts, CancellationToken cancel)
    {
        await foreach (
            var (stay, position, stream, type, data) in events.Since(facility, counts.ToDictionary(c => c.Key, c => c.Value.UpTo), cancel)
        )
        {
            var counted = counts[stay];
            counts[stay] = counted with
            {
                UpTo = Math.Max(counted.UpTo, position),
                Number = counted.Number + (IsNews(stream, type, data) ? 1 : 0),
            };
        }

        return counts;
    }

    private bool IsNews(string stream, string type, byte[] data)
    {
        try
        {
            var happened = names.Read(type, data);
            return HandoffFacts.IsTold(stream, happened) && !IsCalm(happened);
        }
        catch (Exception)
        {
            // What this version can't read is news in any case.
            return !StreamId.Is(stream, StateKind<Care>.Name);
        }
    }

    /// <summary>So many after a watermark, up to a position.</summary>
    private sealed record Counted(long Watermark, long UpTo, int Number);
}
