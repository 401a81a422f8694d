using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Npgsql;

namespace Handoff.Api.Adt;

/// <summary>A held message as it is listed: nothing of its content, which is read one message at a time.</summary>
/// <param name="Id">The message's own id.</param>
/// <param name="Position">Where it stands in the facility's log; the next page begins below the last one's.</param>
/// <param name="Bytes">The message's size.</param>
public sealed record HeldMessage(
    string Id, string Sender, string ControlId, string Trigger, DateTimeOffset ReceivedAt, Fault Fault, int Bytes, long Position);

/// <summary>Reads the messages that wait to be mended, from their saved states.</summary>
public sealed class HeldMessages(NpgsqlDataSource source, Names names)
{
    // A patient with more than this many messages on hold has a broken feed, which trying again does not mend.
    const int MostTried = 50;

    /// <summary>The newest first.</summary>
    /// <param name="before">Only messages held before this position.</param>
    public async Task<IReadOnlyList<HeldMessage>> Page(string facility, long before, int most, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select id, data::jsonb - 'raw' - 'ack', length(rtrim(data::json ->> 'raw', '=')) * 3 / 4, position
            from handoff.states
            where tenant_id = $1 and held < $2
            order by held desc limit $3
            """);
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = before });
        command.Parameters.Add(new() { Value = most });
        var page = new List<HeldMessage>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var message = (FeedMessage)names.ReadState(rows.GetString(0), rows.GetString(1));
            page.Add(new(
                message.Id, message.Sender, message.ControlId, message.Trigger, message.ReceivedAt!.Value, message.Fault!, rows.GetInt32(2), rows.GetInt64(3)));
        }

        return page;
    }

    /// <summary>How many messages are held.</summary>
    public async Task<long> Count(string facility, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select count(*) from handoff.states where tenant_id = $1 and held is not null");
        command.Parameters.Add(new() { Value = facility });
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Those that may have come too early for one of these stays or patients, in the order in which they came.</summary>
    internal async Task<IReadOnlyList<FeedMessage>> Waiting(string facility, IReadOnlyCollection<Guid> visits, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select id, data
            from handoff.states
            where tenant_id = $1 and held is not null
                and (data::json ->> 'visit' = any($2) or data::json ->> 'otherVisit' = any($2)) and data::json -> 'fault' ->> 'code' = any($3)
            order by held limit $4
            """);
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = visits.Select(visit => visit.ToString()).ToArray() });
        command.Parameters.Add(new() { Value = AdtFaults.OfOrder });
        command.Parameters.Add(new() { Value = MostTried });
        var waiting = new List<FeedMessage>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            waiting.Add((FeedMessage)names.ReadState(rows.GetString(0), rows.GetString(1)));
        }

        return waiting;
    }
}
