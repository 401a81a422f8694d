using Handoff.Api.Groups;
using Handoff.Api.Store;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Npgsql;

namespace Handoff.Api.Boards;

/// <summary>Reads boards: as they are from the saved states, as they were from the log.</summary>
public sealed class BoardReader(NpgsqlDataSource source, Log log, LogReader reader, StateReader states, GroupReader groups, Names names, TimeProvider clock)
{
    private static readonly string[] Kinds = [StateKind<Stay>.Name, StateKind<Rounding>.Name];

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
        var (position, saved) = await states.OnUnit(facility, unit, Kinds, cancel);
        return Board.Of(configured, now, position, await groups.Noted(facility, configured, saved, Cards(saved, configured, now), cancel));
    }

    /// <summary>One card of the unit's board; <see cref="BoardCard.Gone"/> if the patient is not there.</summary>
    public async Task<BoardCard> Card(string facility, string unit, Guid stay, CancellationToken cancel)
    {
        var configured = await log.State<Unit>(facility, unit, cancel);
        var saved = await states.Load(facility, [.. Kinds.Select(k => StreamId.For(k, stay))], cancel);
        var cards = Cards([.. saved.Values], configured, clock.GetUtcNow()).FindAll(c => c.Unit == unit);
        return (await groups.Noted(facility, configured, saved.Values, cards, cancel)).FirstOrDefault() is { } card
            ? card with { IsBedShared = await IsShared(facility, card, cancel) }
            : BoardCard.Gone(stay, saved.Values.Max(s => s.Position));
    }

    /// <summary>The unit's board as it stood at an instant, with only what had been recorded by then; null if the unit was not open.</summary>
    public async Task<Board?> AsOf(string facility, string unit, DateTimeOffset at, CancellationToken cancel)
    {
        var stays = await Candidates(facility, unit, at, cancel);
        string[] streams = [StreamId.For(StateKind<Unit>.Name, unit), .. stays.SelectMany(s => Kinds.Select(k => StreamId.For(k, s)))];
        var saved = streams.ToDictionary(s => s, s => new Saved(names.Empty(s), 0, 0));
        await foreach (var logged in reader.RecordedBy(facility, streams, at, cancel))
        {
            var stream = logged.Recorded.Stream;
            saved[stream] = new(saved[stream].State.Evolve(logged.Recorded), logged.Version, logged.Position);
        }

        var configured = (Unit)saved[streams[0]].State;
        return configured.IsOpen()
            ? Board.Of(configured, at, saved.Values.Max(s => s.Position), Cards([.. saved.Values], configured, at).Where(c => c.Unit == unit))
            : null;
    }

    private static List<BoardCard> Cards(IReadOnlyCollection<Saved> saved, Unit unit, DateTimeOffset now)
    {
        var roundings = saved.Where(s => s.State is Rounding).ToDictionary(s => ((Rounding)s.State).Stay);
        return
        [
            .. from s in saved
               let stay = s.State as Stay
               where stay?.IsHere() == true
               let rounding = roundings.GetValueOrDefault(stay.Id)
               select BoardCard.Of(stay, rounding?.State as Rounding, unit.Time(), now, Math.Max(s.Position, rounding?.Position ?? 0)),
        ];
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
