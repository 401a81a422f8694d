using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Timeline;
using Npgsql;

namespace Handoff.Api.Meetings;

/// <summary>Reads what may be of note about several patients since their last reviews: of weeks of checks only those on which something was unusual.</summary>
public sealed class MeetingNews(NpgsqlDataSource source, Names names)
{
    private readonly EventDecoder decoder = new(names);
    private readonly string[] kinds = [.. names.Events.Where(e => SinceReview.MayBeOfNote(e.Value)).Select(e => e.Key)];

    /// <param name="after">By stay, the log position after which it begins.</param>
    /// <param name="upTo">The log position up to which it speaks.</param>
    public async Task<ILookup<Guid, Fact>> Of(string facility, IReadOnlyDictionary<Guid, long> after, long upTo, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            $"""
            select {EventRow.Columns} from handoff.mt_events e
            where seq_id = any(array(
                select a.seq_id from unnest($2, $3) w (stay, after)
                join handoff.about a on a.tenant_id = $1 and a.stay = w.stay and a.seq_id > w.after and a.seq_id <= $4))
            and type = any($5) and not (type = 'safety_checked'
                and data ->> 'breathingSeen' is distinct from 'false' and coalesce(data ->> 'activity', '') not in ('Agitated', 'Tearful'))
            """);
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = after.Keys.ToArray() });
        command.Parameters.Add(new() { Value = after.Values.ToArray() });
        command.Parameters.Add(new() { Value = upTo });
        command.Parameters.Add(new() { Value = kinds });
        var facts = new List<(Guid Stay, Fact Fact)>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var logged = decoder.Read(EventRow.From(rows));
            facts.AddRange((logged.Recorded.Envelope.Stays ?? []).Where(stay => after.TryGetValue(stay, out var position) && logged.Position > position).Select(stay => (stay, new Fact(logged.Position, logged.Recorded))));
        }

        return facts.ToLookup(f => f.Stay, f => f.Fact);
    }
}
