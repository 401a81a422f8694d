using System.Data;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>Reads many events while those before them are worked on.</summary>
internal static class EventPages
{
    private const int Page = 512;

    /// <summary>A facility's events after a position, in order.</summary>
    public static async IAsyncEnumerable<EventRow[]> After(
        NpgsqlConnection connection,
        string facility,
        long position,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pages = Channel.CreateBounded<EventRow[]>(8);
        var reading = Task.Run(() => Read(connection, facility, position, pages.Writer, leaving.Token), CancellationToken.None);
        try
        {
            await foreach (var page in pages.Reader.ReadAllAsync(cancel))
            {
                yield return page;
            }
        }
        finally
        {
            await leaving.CancelAsync();
            await reading;
        }
    }

    private static async Task Read(
        NpgsqlConnection connection,
        string facility,
        long position,
        ChannelWriter<EventRow[]> pages,
        CancellationToken cancel
    )
    {
        try
        {
            await using var command = new NpgsqlCommand(
                $"select {EventRow.Columns} from handoff.mt_events where tenant_id = $1 and seq_id > $2 order by seq_id",
                connection
            );
            command.CommandTimeout = 0;
            command.Parameters.Add(new() { Value = facility });
            command.Parameters.Add(new() { Value = position });
            await using var rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
            await Read(rows, pages, cancel);
            pages.Complete();
        }
        catch (Exception failure)
        {
            pages.Complete(failure);
        }
    }

    private static async Task Read(NpgsqlDataReader rows, ChannelWriter<EventRow[]> pages, CancellationToken cancel)
    {
        var page = new List<EventRow>(Page);
        while (await rows.ReadAsync(cancel))
        {
            page.Add(EventRow.From(rows));
            if (page.Count == Page)
            {
                await pages.WriteAsync([.. page], cancel);
                page.Clear();
            }
        }

        await pages.WriteAsync([.. page], cancel);
    }
}
