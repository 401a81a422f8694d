using Handoff.Api.Store;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Notes;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Marten;

namespace Handoff.Api.Tasks;

/// <summary>Reads what is open about patients and units: tasks and escalations, each on a stream of its own.</summary>
public sealed class WorkReader(EventStore store, StateReader states, StatesAt then)
{
    private static readonly string[] OpenKinds = [StateKind<CareTask>.Name, StateKind<Escalation>.Name];

    private static readonly string[] Kinds = [.. OpenKinds, StateKind<Note>.Name];

    /// <summary>A patient's open tasks and concerns, in no order.</summary>
    public async Task<List<State>> Of(string facility, Guid stay, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        var streams = await session
            .Query<Snapshot>()
            .Where(s => s.Stay == stay && s.Kind.IsOneOf(OpenKinds) && s.Unit != null)
            .Select(s => s.Id)
            .ToListAsync(cancel);
        return [.. (await states.Load(facility, streams, cancel)).Values.Select(s => s.State)];
    }

    /// <summary>The streams of everything of that kind that was ever recorded about these patients.</summary>
    public async Task<List<string>> Streams(string facility, IReadOnlyCollection<Guid> stays, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        Guid?[] those = [.. stays];
        if (those.Length == 0)
        {
            return [];
        }

        return
        [
            .. await session
                .Query<Snapshot>()
                .Where(s => s.Stay.IsOneOf(those) && s.Kind.IsOneOf(Kinds))
                .Select(s => s.Id)
                .ToListAsync(cancel),
        ];
    }

    /// <summary>The patient's notes, in no order; with an instant, as they stood then.</summary>
    public async Task<List<Note>> Notes(string facility, Guid stay, DateTimeOffset? at, CancellationToken cancel)
    {
        var streams = (await Streams(facility, [stay], cancel)).Where(s => StreamId.Is(s, StateKind<Note>.Name)).ToList();
        return [.. (await then.Load(facility, streams, at, cancel)).Values.Select(s => (Note)s.State).Where(note => note.IsKnown())];
    }

    /// <summary>What is open on a unit: its own, and that of the patients who are there now, wherever it was raised.</summary>
    public async Task<List<T>> Open<T>(string facility, string unit, CancellationToken cancel)
        where T : State, new()
    {
        await using var session = store.Read(facility);
        Guid?[] here =
        [
            .. (
                await session
                    .Query<Snapshot>()
                    .Where(s => s.Unit == unit && s.Kind == StateKind<Stay>.Name)
                    .Select(s => s.Stay!.Value)
                    .ToListAsync(cancel)
            ).Select(s => (Guid?)s),
        ];
        var work = await session
            .Query<Snapshot>()
            .Where(s => s.Kind == StateKind<T>.Name && s.Unit != null && (s.Unit == unit || s.Stay.IsOneOf(here)))
            .Select(s => new
            {
                s.Id,
                s.Unit,
                s.Stay,
            })
            .ToListAsync(cancel);
        var elsewhere = await Elsewhere(session, [.. work.Select(w => w.Stay).OfType<Guid>().Except(here.OfType<Guid>())], unit, cancel);
        return
        [
            .. (
                await states.Load(
                    facility,
                    [.. work.Where(w => w.Stay is not { } stay || !elsewhere.Contains(stay)).Select(w => w.Id)],
                    cancel
                )
            ).Values.Select(s => (T)s.State),
        ];
    }

    // A patient who is on another unit now has their work there, also before it has been moved.
    private static async Task<HashSet<Guid>> Elsewhere(
        IQuerySession session,
        IReadOnlyCollection<Guid> stays,
        string unit,
        CancellationToken cancel
    )
    {
        string[] streams = [.. stays.Select(s => StreamId.For(StateKind<Stay>.Name, s))];
        var away =
            streams.Length == 0
                ? []
                : await session
                    .Query<Snapshot>()
                    .Where(s => s.Id.IsOneOf(streams) && s.Unit != null && s.Unit != unit)
                    .Select(s => s.Id)
                    .ToListAsync(cancel);
        return [.. away.Select(s => Guid.Parse(StreamId.Key(s)))];
    }

    /// <summary>Who these patients are.</summary>
    public async Task<Dictionary<Guid, Stay>> Patients(string facility, IEnumerable<Guid> stays, CancellationToken cancel) =>
        (await states.Load(facility, [.. stays.Distinct().Select(s => StreamId.For(StateKind<Stay>.Name, s))], cancel))
            .Values.Select(s => (Stay)s.State)
            .Where(s => s.IsKnown())
            .ToDictionary(s => s.Id);
}
