using System.Collections.Concurrent;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>
/// Follows the log for the reactions, each from its own checkpoint. An event on which a reaction fails is tried again while other streams
/// go on; its checkpoint stays before it, so nothing is lost by a restart, only repeated, and repeating changes nothing.
/// </summary>
internal sealed class Reactors(EventStore store, Log log, LogReader reader, Reactions reactions, TimeProvider clock, ILogger logger)
{
    private const int Page = 200;
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Facility, string Reaction), Place> places = new();

    /// <returns>Whether anything was read, so that there may be more.</returns>
    public async Task<bool> React(string facility, CancellationToken cancel)
    {
        var did = false;
        foreach (var reaction in reactions.All)
        {
            did |= await React(facility, reaction, cancel);
        }

        return did;
    }

    private async Task<bool> React(string facility, Reaction reaction, CancellationToken cancel)
    {
        var name = $"{reaction.Name}:All:{facility}";
        var saved = await Checkpoint(name, cancel);
        var place = places.GetOrAdd((facility, reaction.Name), _ => new());
        place.StartAt(saved);
        await Repeat(facility, reaction, place, cancel);

        var page = await reader.After(facility, place.Reached, Page, cancel).ToListAsync(cancel);
        await Send(facility, reaction, place, page);
        if (page.Count > 0)
        {
            place.Reached = page[^1].Position;
        }

        if (place.Checkpoint != saved)
        {
            await Save(name, place.Checkpoint, cancel);
        }

        return page.Count > 0;
    }

    private async Task Repeat(string facility, Reaction reaction, Place place, CancellationToken cancel)
    {
        if (place.Failed.Count == 0 || place.Again > clock.GetUtcNow())
        {
            return;
        }

        var owed = new List<Logged>();
        foreach (var position in place.Failed.Keys)
        {
            owed.AddRange(await reader.After(facility, position - 1, 1, cancel).ToListAsync(cancel));
        }

        place.Failed.Clear();
        await Send(facility, reaction, place, owed);
    }

    // Streams don't wait for each other; on one stream nothing is done before what came earlier.
    private async Task Send(string facility, Reaction reaction, Place place, List<Logged> page)
    {
        var failed = await Task.WhenAll(page.GroupBy(l => l.Recorded.Stream).Select(s => Send(facility, reaction, place.IsStuck(s.Key), s)));
        foreach (var logged in failed.SelectMany(f => f))
        {
            place.Failed.Add(logged.Position, logged.Recorded.Stream);
            place.Again = clock.GetUtcNow() + TryAgain;
        }
    }

    private async Task<List<Logged>> Send(string facility, Reaction reaction, bool isStuck, IEnumerable<Logged> stream)
    {
        var failed = new List<Logged>();
        foreach (var logged in stream)
        {
            if (isStuck || await Fails(facility, reaction, logged))
            {
                isStuck = true;
                failed.Add(logged);
            }
        }

        return failed;
    }

    private async Task<bool> Fails(string facility, Reaction reaction, Logged logged)
    {
        try
        {
            var commands = reaction.React(logged.Recorded).ToList();
            await Task.WhenAll(commands.Select(command => Send(facility, reaction, logged.Recorded, command, commands.Count == 1)));
            return false;
        }
        catch (Exception failure) when (failure is not LogUnavailableException)
        {
            logger.LogError("{Reaction} failed on the event at {Position}: {Failure}", reaction.Name, logged.Position, failure.GetType().Name);
            return true;
        }
    }

    private async Task Send(string facility, Reaction reaction, Recorded because, ICommand command, bool isSole)
    {
        var answer = await log.Send(facility, new(
            command, Actor.Clock, Request(reaction, because, command, isSole), Source.System, Correlation: because.Envelope.Correlation, Causation: because.Id));
        if (answer.Refusal is { } refusal)
        {
            logger.LogWarning("{Reaction} was refused on {Stream}: {Code}", reaction.Name, answer.Stream, refusal.Code);
        }
    }

    // Of several commands each is a request of its own; a sole one has the id that it had when a reaction could send no other.
    private static Guid Request(Reaction reaction, Recorded because, ICommand command, bool isSole) => isSole
        ? NamedId.From(reaction.Name, because.Id.ToString("N"))
        : NamedId.From(reaction.Name, because.Id.ToString("N"), command.Stream);

    private async Task<long> Checkpoint(string name, CancellationToken cancel)
    {
        await using var command = store.Source.CreateCommand("select last_seq_id from handoff.mt_event_progression where name = $1");
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync(cancel) is long position ? position : 0;
    }

    private async Task Save(string name, long position, CancellationToken cancel)
    {
        await using var command = store.Source.CreateCommand(
            """
            insert into handoff.mt_event_progression as p (name, last_seq_id, last_updated) values ($1, $2, now())
            on conflict (name) do update set last_seq_id = greatest(p.last_seq_id, excluded.last_seq_id), last_updated = now()
            """);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = position });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Where a reaction is in a facility's log: what it has reached, and what before that it still owes.</summary>
    private sealed class Place
    {
        public long Reached { get; set; } = -1;

        public SortedDictionary<long, string> Failed { get; } = [];

        public DateTimeOffset Again { get; set; }

        public long Checkpoint => Failed.Count > 0 ? Failed.Keys.First() - 1 : Reached;

        public bool IsStuck(string stream) => Failed.ContainsValue(stream);

        // Another node may have gone on meanwhile, or the checkpoint was set back by hand.
        public void StartAt(long saved)
        {
            if (saved > Reached || (saved < Checkpoint && Reached >= 0))
            {
                Reached = saved;
                Failed.Clear();
            }
        }
    }
}
