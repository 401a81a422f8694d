using System.Collections.Concurrent;
using System.Diagnostics;
using Handoff.Domain.Kernel;
using Marten;

namespace Handoff.Api.Store;

/// <summary>That a reaction has something to do because of an event. It says where the event stands and nothing of what is in it.</summary>
/// <param name="Stream">The event's: what is owed because of one stream is done in its order.</param>
public sealed record ReactTo(string Facility, string Reaction, string Stream, long Position);

/// <summary>Up to where a reaction has been handed the facility's events.</summary>
/// <param name="Id">The reaction's name.</param>
public sealed record ReactionCheckpoint(string Id, long Position);

/// <summary>
/// Reads each facility's log in its held order for the reactions, from their checkpoints on. No event is missed, whatever other facilities
/// do:
/// a high-water mark over the one sequence of all facilities would wait for the slowest of them.
/// </summary>
internal sealed class ReactionFeed(EventStore store, LogReader reader, Reactions reactions)
{
    private const int Page = 200;
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(1);

    // Events that call for nothing move the checkpoints here first: a transaction for each of them would cost more than they did.
    private readonly ConcurrentDictionary<string, Passed> passed = new();

    /// <summary>Another node may have gone on here: what is known is read anew.</summary>
    public void Forget(string facility) => passed.TryRemove(facility, out _);

    /// <summary>Hands on how far it has come, if that is not known yet.</summary>
    public async Task Save(string facility, Func<Owed, CancellationToken, Task> hand, CancellationToken cancel)
    {
        if (passed.TryRemove(facility, out var last) && last.IsUnsaved)
        {
            await hand(new(facility, [], [], Reached(last.Checkpoints)), cancel);
        }
    }

    /// <summary>
    /// Hands on what the next events of a facility call for, with the checkpoints that are reached by it. What calls for nothing is handed
    /// on no more than
    /// once a second; after a crash it is looked at again.
    /// </summary>
    /// <returns>Whether there were any, so that there may be more.</returns>
    public async Task<bool> Next(string facility, Func<Owed, CancellationToken, Task> hand, CancellationToken cancel)
    {
        if (!reactions.Names.Any())
        {
            return false;
        }

        var before = passed.GetValueOrDefault(facility) ?? await Passing(facility, cancel);
        var checkpoints = before.Checkpoints;
        var page = await reader.After(facility, checkpoints.Values.Min(), Page, cancel).ToListAsync(cancel);
        var isLate = before.IsUnsaved && Stopwatch.GetElapsedTime(before.Since) > Lag;
        if (page.Count == 0 && !isLate)
        {
            passed.TryAdd(facility, before);
            return false;
        }

        List<ReactTo> owed =
        [
            .. from logged in page
            from reaction in reactions.All
            where logged.Position > checkpoints[reaction.Name] && Calls(reaction, logged)
            select React(facility, reaction, logged),
        ];
        List<object> leaving =
        [
            .. (
                from logged in page
                from departure in reactions.Departures
                where logged.Position > checkpoints[departure.Name]
                select departure.Message(facility, logged)
            ).OfType<object>(),
        ];
        var end = page.Count > 0 ? page[^1].Position : 0;
        var reached = checkpoints.ToDictionary(c => c.Key, c => Math.Max(c.Value, end));
        if (owed.Count == 0 && leaving.Count == 0 && !isLate)
        {
            passed[facility] = new(reached, before.IsUnsaved ? before.Since : Stopwatch.GetTimestamp(), IsUnsaved: true);
            return true;
        }

        Forget(facility);
        await hand(new(facility, owed, leaving, Reached(reached)), cancel);
        return page.Count > 0;
    }

    /// <summary>How far each reaction is, by its name.</summary>
    public async Task<Dictionary<string, long>> Checkpoints(string facility, CancellationToken cancel) =>
        (await Passing(facility, cancel)).Checkpoints;

    // Where a departure begins is kept in mind from the first look on: it must not move on with the log.
    private async Task<Passed> Passing(string facility, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        var saved = (await session.LoadManyAsync<ReactionCheckpoint>(cancel, [.. reactions.Names])).ToDictionary(
            c => c.Id,
            c => c.Position
        );
        var before = saved.Count == reactions.Names.Count() ? [] : await Before(facility, cancel);
        foreach (var reaction in reactions.All)
        {
            saved.TryAdd(reaction.Name, before.GetValueOrDefault(reaction.Name));
        }

        var isNew = reactions.Departures.Count(d => saved.ContainsKey(d.Name)) < reactions.Departures.Count;
        foreach (var departure in reactions.Departures.Where(d => !saved.ContainsKey(d.Name)))
        {
            saved.Add(departure.Name, await reader.Head(facility, cancel));
        }

        return new(saved, Stopwatch.GetTimestamp(), isNew);
    }

    // The version before kept them as Marten keeps those of its own subscriptions, under "reaction:All:facility".
    private async Task<Dictionary<string, long>> Before(string facility, CancellationToken cancel) =>
        (await store.Marten.Advanced.AllProjectionProgress(token: cancel))
            .Where(p => p.ShardName.EndsWith(":All:" + facility, StringComparison.Ordinal))
            .ToDictionary(p => p.ShardName[..p.ShardName.IndexOf(':', StringComparison.Ordinal)], p => p.Sequence);

    // A reaction that throws on an event is shown to whoever does it, and not here: there it comes to the dead letters.
    private static bool Calls(Reaction reaction, StoredEvent logged)
    {
        try
        {
            return reaction.React(logged.Recorded).Any();
        }
        catch (Exception)
        {
            return true;
        }
    }

    /// <summary>Up to where nothing was called for since the checkpoints were last saved.</summary>
    private sealed record Passed(Dictionary<string, long> Checkpoints, long Since, bool IsUnsaved);

    private static List<ReactionCheckpoint> Reached(Dictionary<string, long> positions) =>
        [.. positions.Select(c => new ReactionCheckpoint(c.Key, c.Value))];

    private static ReactTo React(string facility, Reaction reaction, StoredEvent logged) =>
        new(facility, reaction.Name, logged.Recorded.Stream, logged.Position);
}

/// <summary>
/// What the reactions to a page of events have to do and what leaves because of them, with the checkpoints that are reached when both are
/// in safe hands.
/// </summary>
internal sealed record Owed(
    string Facility,
    IReadOnlyList<ReactTo> Reactions,
    IReadOnlyList<object> Leaving,
    IReadOnlyList<ReactionCheckpoint> Reached
);
