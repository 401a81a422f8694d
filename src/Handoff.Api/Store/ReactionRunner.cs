using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>The reactions that the slices declare, and what leaves the house.</summary>
public sealed record Reactions(IReadOnlyList<Reaction> All)
{
    public IReadOnlyList<Departure> Departures { get; init; } = [];

    /// <summary>The names under which places in the log are saved.</summary>
    public IEnumerable<string> Names => All.Select(r => r.Name).Concat(Departures.Select(d => d.Name));
}

/// <summary>
/// What is told outside because of an event: a message for a queue, which calls until it was taken; null for nothing. What is filled,
/// imported or rehearsed tells nobody.
/// </summary>
/// <param name="Name">Under this name its place in the log is saved; it is for ever. Of a log that was there before, also of one that was
/// imported, nothing leaves.</param>
public sealed record Departure(string Name, Func<string, StoredEvent, object?> Message);

/// <summary>Does one reaction to one event: sends its commands, with ids that follow from the event, so that twice is once.</summary>
public sealed class ReactionRunner(Log log, LogReader reader, Reactions reactions, ILogger<ReactionRunner> logger)
{
    public async Task React(ReactTo owed, CancellationToken cancel)
    {
        var reaction =
            reactions.All.FirstOrDefault(r => r.Name == owed.Reaction)
            ?? throw new InvalidOperationException($"There is no reaction {owed.Reaction} in this version.");
        var because = (await reader.After(owed.Facility, owed.Position - 1, 1, cancel).FirstAsync(cancel)).Recorded;
        var commands = reaction.React(because).ToList();
        await Task.WhenAll(
            commands.Select(command => Send(owed, because, command, Request(reaction, because, command, commands.Count == 1)))
        );
    }

    private async Task Send(ReactTo owed, EventEnvelope because, ICommand command, Guid request)
    {
        var answer = await log.Send(
            owed.Facility,
            new(command, Actor.Clock, request, Source.System, Correlation: because.Envelope.Correlation, Causation: because.Id)
        );
        if (answer.Refusal is { } refusal)
        {
            logger.LogWarning("{Reaction} was refused on {Stream}: {Code}", owed.Reaction, answer.Stream, refusal.Code);
        }
    }

    // Of several commands each is a request of its own; a sole one has the id that it had when a reaction could send no other.
    private static Guid Request(Reaction reaction, EventEnvelope because, ICommand command, bool isSole) =>
        isSole
            ? NamedId.From(reaction.Name, because.Id.ToString("N"))
            : NamedId.From(reaction.Name, because.Id.ToString("N"), command.Stream);
}
