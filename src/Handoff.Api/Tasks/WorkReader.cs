using System.Text.Json;
using Handoff.Api.Store;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Notes;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Npgsql;

namespace Handoff.Api.Tasks;

/// <summary>One task, escalation or note of a patient: where in the log it last moved and, as long as it is open, what it is.</summary>
public sealed record StayWork(Guid Stay, long Position, State? Open);

/// <summary>Reads what is open about patients and units: tasks and escalations, each on a stream of its own.</summary>
public sealed class WorkReader(NpgsqlDataSource source, StateReader states, Names names)
{
    private static readonly string[] OpenKinds = [StateKind<CareTask>.Name, StateKind<Escalation>.Name];

    private static readonly string[] Kinds = [.. OpenKinds, StateKind<Note>.Name];

    /// <summary>By patient. Closed ones come without their state: they only say how recent the patient's card is.</summary>
    public async Task<ILookup<Guid, StayWork>> Of(string facility, IReadOnlyCollection<Guid> stays, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select stay, position, id, case when unit is not null and kind = any($4) then data end
            from handoff.states
            where tenant_id = $1 and stay = any($2) and kind = any($3)
            """);
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = stays.ToArray() });
        command.Parameters.Add(new() { Value = Kinds });
        command.Parameters.Add(new() { Value = OpenKinds });
        var rows = new List<(Guid Stay, long Position, string Stream, string? Json)>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                rows.Add((row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)));
            }
        }

        var work = new List<StayWork>();
        foreach (var (stay, position, stream, json) in rows)
        {
            work.Add(new(stay, position, json is null ? null : await Read(facility, stream, json, cancel)));
        }

        return work.ToLookup(w => w.Stay);
    }

    /// <summary>The same of states that were folded from the log.</summary>
    public static ILookup<Guid, StayWork> Of(IEnumerable<Saved> folded) => folded
        .Where(s => s.State is CareTask or Escalation or Note && s.State.OfStay() is not null)
        .Select(s => new StayWork(s.State.OfStay()!.Value, s.Position, s.State.OnUnit() is null ? null : s.State))
        .ToLookup(w => w.Stay);

    /// <summary>The streams of everything of that kind that was ever recorded about these patients.</summary>
    public async Task<List<string>> Streams(string facility, IReadOnlyCollection<Guid> stays, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select id from handoff.states where tenant_id = $1 and stay = any($2) and kind = any($3)");
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = stays.ToArray() });
        command.Parameters.Add(new() { Value = Kinds });
        return await Ids(command, cancel);
    }

    /// <summary>The patient's notes, in no order.</summary>
    public async Task<List<Note>> Notes(string facility, Guid stay, CancellationToken cancel)
    {
        var streams = (await Streams(facility, [stay], cancel)).Where(s => StreamId.Kind(s) == StateKind<Note>.Name).ToList();
        return [.. (await states.Load(facility, streams, cancel)).Values.Select(s => (Note)s.State)];
    }

    /// <summary>What is open on a unit: its own, and that of the patients who are there now, wherever it was raised.</summary>
    public async Task<List<T>> Open<T>(string facility, string unit, CancellationToken cancel)
        where T : State, new()
    {
        await using var command = source.CreateCommand(
            """
            select w.id
            from handoff.states w
            left join handoff.states s on s.tenant_id = w.tenant_id and s.id = 'stay-' || w.stay
            where w.tenant_id = $1 and coalesce(s.unit, w.unit) = $2 and w.unit is not null and w.id in (
                select id from handoff.states where tenant_id = $1 and unit = $2 and kind = $3
                union
                select o.id from handoff.states p join handoff.states o on o.tenant_id = p.tenant_id and o.stay = p.stay and o.kind = $3
                where p.tenant_id = $1 and p.unit = $2 and p.kind = 'stay')
            """);
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = unit });
        command.Parameters.Add(new() { Value = StateKind<T>.Name });
        return [.. (await states.Load(facility, await Ids(command, cancel), cancel)).Values.Select(s => (T)s.State)];
    }

    /// <summary>Who these patients are.</summary>
    public async Task<Dictionary<Guid, Stay>> Patients(string facility, IEnumerable<Guid> stays, CancellationToken cancel) =>
        (await states.Load(facility, [.. stays.Distinct().Select(s => StreamId.For(StateKind<Stay>.Name, s))], cancel)).Values.Select(s => (Stay)s.State).Where(s => s.IsKnown()).ToDictionary(s => s.Id);

    private static async Task<List<string>> Ids(NpgsqlCommand command, CancellationToken cancel)
    {
        var ids = new List<string>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            ids.Add(row.GetString(0));
        }

        return ids;
    }

    // A state that an older version saved in another shape is folded again.
    private async Task<State> Read(string facility, string stream, string json, CancellationToken cancel)
    {
        try
        {
            return names.ReadState(stream, json);
        }
        catch (Exception unfit) when (unfit is JsonException or NotSupportedException)
        {
            return (await states.Load(facility, [stream], cancel))[stream].State;
        }
    }
}
