using System.Collections.Concurrent;
using Handoff.Domain.Kernel;
using Marten;

namespace Handoff.Api.Store;

/// <summary>
/// Sends what a slice says when a deadline of its has passed. One that is not settled by that is left alone for a while, and holds up no
/// other.
/// </summary>
internal sealed class Deadlines(EventStore store, Log log, StateReader states, TimeProvider clock, ILogger logger)
{
    private const int Page = 200;
    private static readonly TimeSpan LeaveAlone = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Facility, string Stream), Left> leftAlone = new();

    /// <returns>Whether anything came of it, so that there may be more.</returns>
    public async Task<bool> Lapse(string facility, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var due = await Due(facility, now, cancel);
        if (due.Count == 0)
        {
            return false;
        }

        var (saved, unreadable) = await states.LoadReadable(facility, [.. due.Keys], cancel);
        var settled = await Task.WhenAll(saved.Select(s => Lapse(facility, s.Key, s.Value, now)));
        foreach (var stream in settled.OfType<string>())
        {
            leftAlone.TryRemove((facility, stream), out _);
        }

        foreach (var stream in due.Keys.Except(settled.OfType<string>()))
        {
            leftAlone[(facility, stream)] = new(now + LeaveAlone, due[stream]);
        }

        foreach (var stream in unreadable.Keys)
        {
            logger.LogWarning("A deadline on {Stream} can't lapse: the stream can't be read", stream);
        }

        return settled.Any(s => s is not null);
    }

    /// <returns>The stream, if that moved it.</returns>
    private async Task<string?> Lapse(string facility, string stream, SavedState saved, DateTimeOffset now)
    {
        var isMoved = false;
        foreach (var deadline in saved.State.Deadlines().Where(d => d.Due <= now))
        {
            var hasMoved = await Send(facility, stream, deadline) > saved.Position;
            if (hasMoved)
            {
                Measures.Late.Record((now - deadline.Due).TotalSeconds);
            }

            isMoved |= hasMoved;
        }

        return isMoved ? stream : null;
    }

    private async Task<long> Send(string facility, string stream, Deadline deadline)
    {
        var request = NamedId.From(facility, stream, deadline.Name, deadline.Due.UtcTicks.ToString());
        try
        {
            var answer = await log.Send(facility, new(deadline.Timeout, Actor.Clock, request, Source.System));
            if (answer.Refusal is { } refusal)
            {
                logger.LogWarning("The deadline {Name} of {Stream} was refused: {Code}", deadline.Name, stream, refusal.Code);
            }

            return answer.Refusal is null && answer.Events is { Count: > 0 } ? answer.Position : 0;
        }
        catch (Exception failure) when (failure is not LogUnavailableException)
        {
            logger.LogError("The deadline {Name} of {Stream} failed: {Failure}", deadline.Name, stream, failure.GetType().Name);
            return 0;
        }
    }

    // Streams with their due times, without those left alone, unless something earlier has become due on them.
    private async Task<Dictionary<string, DateTimeOffset>> Due(string facility, DateTimeOffset now, CancellationToken cancel)
    {
        var left = leftAlone
            .Where(l => l.Key.Facility == facility && l.Value.Until > now)
            .ToDictionary(l => l.Key.Stream, l => l.Value.Due);
        await using var session = store.Read(facility);
        var due = await session
            .Query<Snapshot>()
            .Where(s => s.IsTimed && s.Due <= now)
            .OrderBy(s => s.Due)
            .Select(s => new { s.Id, s.Due })
            .Take(Page + left.Count)
            .ToListAsync(cancel);
        return due.Where(d => !left.TryGetValue(d.Id, out var known) || known != d.Due)
            .Take(Page)
            .ToDictionary(d => d.Id, d => d.Due!.Value);
    }

    private sealed record Left(DateTimeOffset Until, DateTimeOffset Due);
}
