using System.Collections.Concurrent;
using Handoff.Api.Incidents;
using Handoff.Api.Groups;
using Handoff.Api.Handoffs;
using Handoff.Api.Store;
using Handoff.Api.Tasks;
using Handoff.Domain.Boards;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Status;
using Handoff.Domain.Units;
using Npgsql;

namespace Handoff.Api.Boards;

/// <summary>Reads boards: as they are from the saved states, as they were from the log.</summary>
public sealed class BoardReader(
    NpgsqlDataSource source, Log log, LogReader reader, StateReader states, IncidentReader incidents, WorkReader work, GroupReader groups, CardCares cares, Names names, TimeProvider clock)
{
    private static readonly string[] Kinds = [StateKind<Stay>.Name, StateKind<Rounding>.Name, StateKind<PatientStatus>.Name, StateKind<WhatHelps>.Name, StateKind<Care>.Name];
    private static readonly string[] KindsOnUnit = [.. Kinds, StateKind<Incident>.Name];

    /// <summary>Whether there is such a unit.</summary>
    public async Task<bool> Has(string facility, string unit, CancellationToken cancel) =>
        Unit.IsId(unit) && (await log.State<Unit>(facility, unit, cancel)).IsOpen();

    /// <summary>The unit's board now; null if there is no such unit.</summary>
    public async Task<Board?> Of(string facility, string unit, CancellationToken cancel)
    {
        var configured = await log.State<Unit>(facility, unit, cancel);
        if (!configured.IsOpen())
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var (position, saved) = await states.OnUnit(facility, unit, KindsOnUnit, cancel);
        var open = await work.Of(facility, [.. saved.Select(s => s.State).OfType<Stay>().Select(s => s.Id)], cancel);
        return Shown(configured, now, position, saved, await cares.Add(facility, configured, await groups.Noted(facility, configured, saved, Cards(saved, open, configured, now), cancel), saved, cancel));
    }

    /// <summary>One card of the unit's board; <see cref="BoardCard.Gone"/> if the patient is not there.</summary>
    public async Task<BoardCard> Card(string facility, string unit, Guid stay, CancellationToken cancel)
    {
        var configured = await log.State<Unit>(facility, unit, cancel);
        var saved = await states.Load(facility, [.. Kinds.Select(k => StreamId.For(k, stay))], cancel);
        var open = await work.Of(facility, [stay], cancel);
        var cards = Cards([.. saved.Values], open, configured, clock.GetUtcNow()).FindAll(c => c.Unit == unit);
        cards = await groups.Noted(facility, configured, saved.Values, cards, cancel);
        return (await cares.Add(facility, configured, cards, saved.Values, cancel)).FirstOrDefault() is { } card
            ? card with { IsBedShared = await IsShared(facility, card, cancel) }
            : BoardCard.Gone(stay, Math.Max(saved.Values.Max(s => s.Position), open[stay].Select(o => o.Position).DefaultIfEmpty().Max()));
    }

    /// <summary>The unit's board as it stood at an instant, with only what had been recorded by then; null if the unit was not open.</summary>
    public async Task<Board?> AsOf(string facility, string unit, DateTimeOffset at, CancellationToken cancel)
    {
        var stays = await Candidates(facility, unit, at, cancel);
        string[] streams =
        [
            StreamId.For(StateKind<Unit>.Name, unit), StreamId.For(StateKind<Charge>.Name, unit), .. stays.SelectMany(s => Kinds.Select(k => StreamId.For(k, s))),
            .. await work.Streams(facility, stays, cancel), .. await incidents.Candidates(facility, unit, at, cancel),
        ];
        var saved = await Folded(facility, streams, at, cancel);
        var configured = (Unit)saved[streams[0]].State;
        return configured.IsOpen()
            ? Shown(configured, at, saved.Values.Max(s => s.Position), saved.Values, CardCares.Add(
                configured, (Charge)saved[streams[1]].State, Cards([.. saved.Values], WorkReader.Of(saved.Values), configured, at).FindAll(c => c.Unit == unit), saved.Values, null))
            : null;
    }

    // Weeks of checks of a whole unit: stream by stream they come in order from the index, and on several processors at once.
    private async Task<ConcurrentDictionary<string, Saved>> Folded(string facility, string[] streams, DateTimeOffset at, CancellationToken cancel)
    {
        var saved = new ConcurrentDictionary<string, Saved>();
        await Parallel.ForEachAsync(streams.Distinct(), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancel }, async (stream, token) =>
        {
            var folded = new Saved(names.Empty(stream), 0, 0);
            await foreach (var logged in reader.RecordedBy(facility, [stream], at, token))
            {
                folded = new(folded.State.Evolve(logged.Recorded), logged.Version, logged.Position);
            }

            saved[stream] = folded;
        });
        return saved;
    }

    private static Board Shown(Unit unit, DateTimeOffset at, long position, IEnumerable<Saved> saved, List<BoardCard> cards) => Board.Of(unit, at, position, cards) with
    {
        Incidents = BoardIncident.Of(saved.Where(s => s.State is Incident).Select(s => ((Incident)s.State, s.Position)), cards, unit.Time()),
    };

    private static List<BoardCard> Cards(IReadOnlyCollection<Saved> saved, ILookup<Guid, StayWork> work, Unit unit, DateTimeOffset now)
    {
        var ofStay = saved.Where(s => s.State.OfStay() is not null).ToLookup(s => s.State.OfStay()!.Value);
        return [.. saved.Select(s => s.State).OfType<Stay>().Where(stay => stay.IsHere()).Select(stay => Card(stay, [.. ofStay[stay.Id]], [.. work[stay.Id]], unit, now))];
    }

    private static BoardCard Card(Stay stay, IReadOnlyList<Saved> all, IReadOnlyList<StayWork> work, Unit unit, DateTimeOffset now)
    {
        var rounding = State<Rounding>();
        var version = all.Select(s => s.Position).Concat(work.Select(w => w.Position)).Max();
        return BoardCard.Of(stay, rounding, unit.Time(), now, version).With(CardWork.Of([.. work.Select(w => w.Open).OfType<State>()], unit.Time(), now)) with
        {
            Status = CardStatus.Of(State<PatientStatus>(), rounding, unit.Time(), now),
            Helped = [.. State<WhatHelps>()?.Techniques().Select(one => one.Technique.Words()) ?? []],
        };

        T? State<T>() where T : State => all.Select(s => s.State).OfType<T>().FirstOrDefault();
    }

    private async Task<bool> IsShared(string facility, BoardCard card, CancellationToken cancel)
    {
        if (card.Bed is null)
        {
            return false;
        }

        await using var command = source.CreateCommand(
            "select 1 from handoff.states where tenant_id = $1 and unit = $2 and kind = 'stay' and stay <> $3 and data -> 'placements' -> -1 ->> 'bed' = $4 limit 1");
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = card.Unit });
        command.Parameters.Add(new() { Value = card.Stay });
        command.Parameters.Add(new() { Value = card.Bed });
        return await command.ExecuteScalarAsync(cancel) is not null;
    }

    // Every stay that had been placed on the unit by then. One that is over, and of which nothing was recorded later, was over then too.
    private async Task<List<Guid>> Candidates(string facility, string unit, DateTimeOffset at, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select s.stay
            from handoff.states s
            join handoff.mt_streams m on m.tenant_id = s.tenant_id and m.id = s.id
            where s.tenant_id = $1 and (s.unit is not null or m.timestamp > $3) and s.id in (
                select e.stream_id from handoff.mt_events e
                where e.tenant_id = $1 and e.type in ('admitted', 'transferred', 'transfer_cancelled') and e.data ->> 'unit' = $2 and e.timestamp <= $3)
            """);
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = unit });
        command.Parameters.Add(new() { Value = at.UtcDateTime });
        var stays = new List<Guid>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            stays.Add(rows.GetGuid(0));
        }

        return stays;
    }
}
