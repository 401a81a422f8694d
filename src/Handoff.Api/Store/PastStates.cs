using System.Collections.Concurrent;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>
/// States as they stood at an instant, folded from what had been recorded by then. Each fold leaves marks on its way, and a later one goes
/// on
/// from the last of them before its own instant. The log never changes, so a mark is right for as long as this program runs.
/// </summary>
public sealed class PastStates(LogReader reader, EventTypeRegistry names)
{
    /// <summary>A mark stands after so many events of a stream.</summary>
    private const int Stride = 200;

    private const int MostMarks = 10_000;

    private readonly ConcurrentDictionary<(string Facility, string Stream), Mark[]> marks = new();

    /// <summary>
    /// The states of these streams at the instant, by stream; the empty state at version 0 where nothing had been recorded.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, SavedState>> At(
        string facility,
        IEnumerable<string> streams,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        var states = new ConcurrentDictionary<string, SavedState>();
        await Parallel.ForEachAsync(
            streams.Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancel },
            async (stream, token) => states[stream] = await Fold(facility, stream, at, token)
        );
        return states;
    }

    private async Task<SavedState> Fold(string facility, string stream, DateTimeOffset at, CancellationToken cancel)
    {
        var known = marks.GetValueOrDefault((facility, stream)) ?? [];
        var folded = known.LastOrDefault(m => m.At <= at)?.Folded ?? new SavedState(names.Empty(stream), 0, 0);
        var passed = new List<Mark>();
        await foreach (var logged in reader.RecordedBy(facility, stream, folded.Version, at, cancel))
        {
            folded = new(folded.State.Evolve(logged.Recorded), logged.Version, logged.Position);
            if (logged.Version % Stride == 0)
            {
                passed.Add(new(logged.Recorded.At, folded));
            }
        }

        if (passed.Count > 0)
        {
            Keep((facility, stream), passed);
        }

        return folded;
    }

    private void Keep((string, string) stream, List<Mark> passed)
    {
        if (marks.Values.Sum(m => m.Length) > MostMarks)
        {
            marks.Clear();
        }

        marks.AddOrUpdate(
            stream,
            _ => [.. passed],
            (_, known) => [.. known.Concat(passed).DistinctBy(m => m.Folded.Version).OrderBy(m => m.Folded.Version)]
        );
    }

    /// <param name="At">When the last event that it holds was recorded.</param>
    private sealed record Mark(DateTimeOffset At, SavedState Folded);
}
