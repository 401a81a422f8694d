using Handoff.Api.Store;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Notes;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Npgsql;

namespace Handoff.Api.Tasks;

/// <summary>Reads what is open about patients and units: tasks and escalations, each on a stream of its own.</summary>
public sealed class WorkReader(NpgsqlDataSource source, StateReader states)
{
    private static readonly string[] OpenKinds = [StateKind<CareTask>.Name, StateKind<Escalation>.Name];

    private static readonly string[] Kinds = [.. OpenKinds, StateKind<Note>.Name];

    /// <summary>A patient's open tasks and concerns, in no order.</summary>
    public async Task<List<State>> Of(string facility, Guid stay, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select id from handoff.states where tenant_id = $1 and stay = $2 and kind = any($3) and unit is not null");
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = stay });
        command.Parameters.Add(new() { Value = OpenKinds });
        return [.. (await states.Load(facility, await Ids(command, cancel), cancel)).Values.Select(s => s.State)];
    }

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
        var streams = (await Streams(facility, [stay], cancel)).Where(s => StreamId.Is(s, StateKind<Note>.Name)).ToList();
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
}
