using Npgsql;

namespace Handoff.Api.Store;

/// <summary>Knows a request that was recorded before.</summary>
internal sealed class RequestReader(NpgsqlDataSource source, string facility)
{
    /// <summary>
    /// The same request again gets its first answer, even if by now it would be refused; its id for something else is refused.
    /// </summary>
    public async Task<CommandResult?> FirstAnswer(CommandEnvelope sent)
    {
        await using var command = source.CreateCommand(
            """
            select e.stream_id, e.headers ->> 'digest', l.version, l.seq_id, (l.version - e.version + 1)::int
            from handoff.mt_events e
            join handoff.mt_events l on l.tenant_id = e.tenant_id and l.stream_id = e.stream_id
                and l.version = e.version + coalesce((e.headers ->> 'of')::int, 1) - 1
            where e.id = $1 and e.tenant_id = $2
            """
        );
        command.Parameters.Add(new() { Value = sent.Request });
        command.Parameters.Add(new() { Value = facility });
        await using var rows = await command.ExecuteReaderAsync();
        return !await rows.ReadAsync() ? null
            : rows.GetString(0) == sent.Stream && !rows.IsDBNull(1) && rows.GetString(1) == Prepared.Digest(sent.Command)
                ? new(rows.GetString(0), rows.GetInt64(2), rows.GetInt64(3), null, sent.EventIds(rows.GetInt32(4)))
            : AppendQueue.RequestReused(sent);
    }
}
