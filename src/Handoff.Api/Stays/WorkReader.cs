using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Marten;

namespace Handoff.Api.Stays;

/// <summary>A kind of work about patients: each piece of it is a stream of its own, and goes along when the patient moves.</summary>
/// <param name="Name">The kind of state.</param>
/// <param name="StaysOpen">It waits until somebody has done it; else it is over when it is written.</param>
public sealed record WorkKind(string Name, bool StaysOpen);

/// <summary>Reads what is open about patients and units: work of the kinds that the slices name which know it.</summary>
public sealed class WorkReader(EventStore store, StateReader states, IEnumerable<WorkKind> all)
{
    private readonly string[] openKinds = [.. all.Where(kind => kind.StaysOpen).Select(kind => kind.Name)];

    private readonly string[] kinds = [.. all.Select(kind => kind.Name)];

    /// <summary>A patient's open tasks and concerns, in no order.</summary>
    public async Task<List<State>> ForStay(string facility, Guid stay, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        var streams = await session
            .Query<Snapshot>()
            .Where(s => s.Stay == stay && s.Kind.IsOneOf(openKinds) && s.Unit != null)
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
                .Where(s => s.Stay.IsOneOf(those) && s.Kind.IsOneOf(kinds))
                .Select(s => s.Id)
                .ToListAsync(cancel),
        ];
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
