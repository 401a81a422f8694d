using System.Collections.Concurrent;
using Handoff.Api.Store;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Marten;

namespace Handoff.Api.Boards;

/// <summary>What a board is made of, at one position of the log.</summary>
/// <param name="Latest">For each patient the position of the last event that concerns them.</param>
public sealed record OnBoard(long Position, IReadOnlyCollection<SavedState> States, IReadOnlyDictionary<Guid, long> Latest)
{
    public IEnumerable<T> All<T>()
        where T : State => States.Select(s => s.State).OfType<T>();
}

/// <summary>
/// Reads all states that a unit's board is made of. What was read is kept for the next time: where the facility's log has not gone on,
/// nothing is
/// read again, and where it has, only what has moved; so what is shown is never older than the log was when it was asked.
/// </summary>
public sealed class BoardStates(EventStore store, LogReader reader, StateReader states, StayEvents events, EventTypeRegistry names)
{
    private static readonly string[] OfUnit = [StateKind<Incident>.Name, StateKind<Charge>.Name];

    // What is kept of each patient, and whatever else may be open about them.
    private readonly string[] ofPatients = [.. names.OfEachStay.Union(names.WithLoops)];

    private readonly ConcurrentDictionary<(string Facility, string Unit), Kept> kept = new();

    public async Task<OnBoard> ForUnit(string facility, Unit unit, DateTimeOffset now, CancellationToken cancel)
    {
        var (head, days) = (await reader.End(facility, cancel), (From: Day(unit, now - Participation.Noticed), To: Day(unit, now)));
        var known = kept.GetValueOrDefault((facility, unit.Id));
        if (known is null || known.Head != head || known.Days != days)
        {
            var at = await Positions(facility, unit.Id, days.From, days.To, cancel);
            var found = await States(facility, at, known?.Head.Rebuilt == head.Rebuilt ? known.States : null, cancel);
            known = new(
                head,
                days,
                found,
                await events.Latest(facility, found.Values.Select(s => s.State).OfType<Stay>().Select(s => s.Id), cancel)
            );
            kept[(facility, unit.Id)] = known;
        }

        return new(head.Position, [.. known.States.Values], known.Latest);
    }

    // What is known of patients is found by who is here: for a moment it may still stand under the unit from which they have just come.
    private async Task<Dictionary<string, long>> Positions(
        string facility,
        string unit,
        DateOnly from,
        DateOnly to,
        CancellationToken cancel
    )
    {
        await using var session = store.Read(facility);
        var stay = StateKind<Stay>.Name;
        Guid?[] here =
        [
            .. (
                await session.Query<Snapshot>().Where(s => s.Unit == unit && s.Kind == stay).Select(s => s.Stay!.Value).ToListAsync(cancel)
            ).Select(s => (Guid?)s),
        ];
        var batch = session.CreateBatchQuery();
        var queries = new[]
        {
            batch
                .Query<Snapshot>()
                .Where(s => s.Unit == unit && s.Kind.IsOneOf(OfUnit))
                .Select(s => new Standing(s.Id, s.Position))
                .ToList(),
            batch
                .Query<Snapshot>()
                .Where(s => s.Stay.IsOneOf(here) && s.Unit != null && s.Kind.IsOneOf(ofPatients))
                .Select(s => new Standing(s.Id, s.Position))
                .ToList(),
            batch
                .Query<Snapshot>()
                .Where(s => s.Unit == unit && s.Day >= from && s.Day <= to)
                .Select(s => new Standing(s.Id, s.Position))
                .ToList(),
        };
        await batch.Execute(cancel);
        return (await Task.WhenAll(queries)).SelectMany(q => q).DistinctBy(s => s.Id).ToDictionary(s => s.Id, s => s.Position);
    }

    private async Task<Dictionary<string, SavedState>> States(
        string facility,
        Dictionary<string, long> at,
        IReadOnlyDictionary<string, SavedState>? known,
        CancellationToken cancel
    )
    {
        var found = at.Where(s => known?.GetValueOrDefault(s.Key)?.Position == s.Value).ToDictionary(s => s.Key, s => known![s.Key]);
        foreach (var (stream, saved) in await states.Load(facility, [.. at.Keys.Where(s => !found.ContainsKey(s))], cancel))
        {
            found[stream] = saved;
        }

        return found;
    }

    private static DateOnly Day(Unit unit, DateTimeOffset at) => DateOnly.FromDateTime(unit.Time().Local(at).DateTime);

    private sealed record Standing(string Id, long Position);

    private sealed record Kept(
        LogEnd Head,
        (DateOnly From, DateOnly To) Days,
        IReadOnlyDictionary<string, SavedState> States,
        IReadOnlyDictionary<Guid, long> Latest
    );
}
