using System.Text.Json;
using Handoff.Api.Notices;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Web.Running;
using Marten;
using Wolverine.Persistence.Durability;
using Wolverine.Persistence.Durability.DeadLetterManagement;
using Wolverine.Runtime;
using Wolverine.Util;

namespace Handoff.Api.Running;

/// <summary>Reads how the service runs: the store's checkpoints and deadlines, Wolverine's queues, dead letters and nodes.</summary>
public sealed class ServiceReader(EventStore store, LogReader reader, Reactions reactions, IWolverineRuntime wolverine, TimeProvider clock)
{
    // Of all facilities together: the queue can't be asked for one.
    private const int MostLetters = 10_000;

    private readonly ReactionFeed feed = new(store, reader, reactions);

    public async Task<ServiceState> ForFacility(string facility, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var counts = await wolverine.Storage.Admin.FetchCountsAsync();
        return new(
            now,
            await reader.Head(facility, cancel),
            await Lags(facility, cancel),
            await Late(facility, now, cancel),
            new(counts.Incoming, counts.Scheduled, counts.DeadLetter),
            await DeadLetters(facility, cancel),
            await Tables(cancel),
            await Nodes(cancel)
        );
    }

    /// <summary>Has something that could not be done tried again.</summary>
    /// <returns>Null if there is no such thing in the facility.</returns>
    public async Task<DeadLetter?> Again(string facility, Guid id, CancellationToken cancel)
    {
        var letter = await Letter(facility, id, cancel);
        if (letter is not null)
        {
            await wolverine.Storage.DeadLetters.ReplayAsync(new DeadLetterEnvelopeQuery([id]), cancel);
        }

        return letter;
    }

    /// <summary>What could not be done, if it is the facility's.</summary>
    public async Task<DeadLetter?> Letter(string facility, Guid id, CancellationToken cancel) =>
        (await DeadLetters(facility, cancel)).FirstOrDefault(letter => letter.Id == id);

    /// <summary>Nobody tries it any more.</summary>
    public Task Discard(Guid id, CancellationToken cancel) =>
        wolverine.Storage.DeadLetters.DiscardAsync(new DeadLetterEnvelopeQuery([id]), cancel);

    private async Task<List<Lag>> Lags(string facility, CancellationToken cancel)
    {
        var lags = new List<Lag>();
        var byPosition = new Dictionary<long, (long, DateTimeOffset?)>();
        foreach (var (name, position) in (await feed.Checkpoints(facility, cancel)).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (!byPosition.TryGetValue(position, out var after))
            {
                byPosition[position] = after = await reader.CountAfter(facility, position, cancel);
            }

            lags.Add(new(name, position, after.Item1, after.Item2));
        }

        return lags;
    }

    private async Task<LateDeadlines> Late(string facility, DateTimeOffset now, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        var instant = now.ToUniversalTime();
        var late = session.Query<Snapshot>().Where(s => s.IsTimed && s.Due < instant);
        var first = await late.OrderBy(s => s.Due).Take(1).ToListAsync(cancel);
        return new(await late.CountAsync(cancel), first is [var one] ? one.Due : null);
    }

    private async Task<List<DeadLetter>> DeadLetters(string facility, CancellationToken cancel)
    {
        var found = await wolverine.Storage.DeadLetters.QueryAsync(new DeadLetterEnvelopeQuery { PageSize = MostLetters }, cancel);
        return
        [
            .. found
                .Envelopes.Select(Describe)
                .Where(letter => letter.Facility == facility)
                .Select(letter => letter.Letter!)
                .OrderBy(letter => letter.At),
        ];
    }

    private static (string? Facility, DeadLetter? Letter) Describe(DeadLetterEnvelope dead) =>
        Message(dead) switch
        {
            ReactTo owed => (
                owed.Facility,
                new(dead.Id, owed.Reaction, owed.Stream, owed.Position, dead.SentAt, Failure(dead), dead.Replayable)
            ),
            Notify owed => (
                owed.Facility,
                new(dead.Id, "notices", owed.Stream, owed.Position, dead.SentAt, Failure(dead), dead.Replayable)
            ),
            _ => (null, null),
        };

    // The words of our own error are without a patient's data, those of any other may not be.
    private static string Failure(DeadLetterEnvelope dead) =>
        dead.ExceptionType.EndsWith(nameof(OwedFailedException), StringComparison.Ordinal)
        || dead.ExceptionType.EndsWith(nameof(NoticeNotTakenException), StringComparison.Ordinal)
            ? dead.ExceptionMessage.Split('\n')[0]
            : dead.ExceptionType.Split('.')[^1];

    // A list of them comes without its messages.
    private static object? Message(DeadLetterEnvelope dead) =>
        dead.Message
        ?? (dead.MessageType, dead.Envelope.Data) switch
        {
            (_, null) => null,
            var (type, body) when type == typeof(ReactTo).ToMessageTypeName() => JsonSerializer.Deserialize<ReactTo>(
                body,
                EventTypeRegistry.Json
            ),
            var (type, body) when type == typeof(Notify).ToMessageTypeName() => JsonSerializer.Deserialize<Notify>(
                body,
                EventTypeRegistry.Json
            ),
            _ => null,
        };

    private async Task<SchemaState> Tables(CancellationToken cancel)
    {
        var version = await Schema.Applied(store.Source, cancel);
        return new(version, version == Schema.Version);
    }

    private async Task<List<Node>> Nodes(CancellationToken cancel) =>
        wolverine.Options.Durability.Mode == Wolverine.DurabilityMode.Solo
            ? []
            :
            [
                .. (await wolverine.Storage.Nodes.LoadAllNodesAsync(cancel))
                    .OrderBy(n => n.AssignedNodeNumber)
                    .Select(n => new Node(
                        n.AssignedNodeNumber,
                        n.Description,
                        n.Started,
                        n.LastHealthCheck,
                        n.ActiveAgents.Count(a => a.Scheme == DutyAgents.Name),
                        n.IsLeader()
                    )),
            ];
}
