using System.Data;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Access;

/// <summary>
/// Who read what (45 CFR 164.312(b), audit controls). Endpoints await <c>Record</c> before they answer: no record, no data.
/// Records that wait at the same time are written together.
/// </summary>
public sealed class AccessLog : IAsyncDisposable
{
    private const int MostAtOnce = 500;

    private readonly NpgsqlDataSource database;
    private readonly TimeProvider time;
    private readonly Channel<Row> waiting = Channel.CreateBounded<Row>(10_000);
    private readonly Task writing;
    private NpgsqlConnection? connection;

    public AccessLog(NpgsqlDataSource database, TimeProvider time)
    {
        (this.database, this.time) = (database, time);
        writing = Task.Run(Write);
    }

    /// <summary>Returns when the record is kept.</summary>
    /// <param name="stays">The stays whose data is about to be shown.</param>
    /// <exception cref="NpgsqlException">It could not be kept; show nothing.</exception>
    public Task Record(Caller caller, AccessPurpose what, string? unit, IReadOnlyCollection<Guid> stays, CancellationToken cancel) =>
        Record(caller.Facility, caller.Staff, what, unit, stays, caller.Origin, cancel);

    /// <inheritdoc cref="Record(Caller, AccessPurpose, string?, IReadOnlyCollection{Guid}, CancellationToken)"/>
    public async Task Record(
        string facility,
        Staff by,
        AccessPurpose what,
        string? unit,
        IReadOnlyCollection<Guid> stays,
        Origin origin,
        CancellationToken cancel
    )
    {
        var row = new Row(facility, time.GetUtcNow(), by, what, unit, stays, origin);
        await waiting.Writer.WriteAsync(row, cancel);
        await row.Kept.Task.WaitAsync(cancel);
    }

    /// <summary>Who looked at a stay, the latest first.</summary>
    /// <param name="before">Only lines with a lower id: the last id of the page before.</param>
    public async Task<IReadOnlyList<Looked>> ForStay(string facility, Guid stay, long? before, int most, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            """
            select id, at, user_id, user_name, role, unit, what, correlation, host(ip), device
            from access.access_log
            where facility = $1 and stays @> array[$2] and id < $3
            order by id desc limit $4
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = facility });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = stay });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before ?? long.MaxValue });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var lines = new List<Looked>();
        while (await row.ReadAsync(cancel))
        {
            lines.Add(
                new(
                    row.GetInt64(0),
                    row.GetFieldValue<DateTimeOffset>(1),
                    row.GetString(2),
                    row.GetString(3),
                    row.GetString(4),
                    Text(row, 5),
                    row.GetString(6),
                    row.GetGuid(7),
                    Text(row, 8),
                    Text(row, 9)
                )
            );
        }

        return lines;
    }

    /// <summary>When some people looked at something, in one of some ways, since an instant.</summary>
    public async Task<IReadOnlyList<(string UserId, DateTimeOffset At)>> Since(
        string facility,
        IReadOnlyCollection<string> users,
        IReadOnlyCollection<AccessPurpose> ways,
        DateTimeOffset since,
        CancellationToken cancel
    )
    {
        await using var command = database.CreateCommand(
            "select user_id, at from access.access_log where facility = $1 and user_id = any($2) and at > $3 and what = any($4)"
        );
        command.Parameters.Add(new() { Value = facility });
        command.Parameters.Add(new() { Value = users.ToArray() });
        command.Parameters.Add(new() { Value = since.UtcDateTime });
        command.Parameters.Add(new() { Value = ways.Select(Stored).ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var looks = new List<(string, DateTimeOffset)>();
        while (await row.ReadAsync(cancel))
        {
            looks.Add((row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)));
        }

        return looks;
    }

    /// <summary>When a caller last looked at each of some stays in one of some ways, where they did since an instant.</summary>
    public async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> LastOf(
        Caller caller,
        IReadOnlyCollection<AccessPurpose> ways,
        IReadOnlyCollection<Guid> stays,
        DateTimeOffset since,
        CancellationToken cancel
    )
    {
        await using var command = database.CreateCommand(
            """
            select s.stay, max(l.at)
            from access.access_log l
            cross join unnest(l.stays) s (stay)
            where l.facility = $1 and l.user_id = $2 and l.at > $3 and l.what = any($4) and s.stay = any($5)
            group by s.stay
            """
        );
        command.Parameters.Add(new() { Value = caller.Facility });
        command.Parameters.Add(new() { Value = caller.Staff.Id });
        command.Parameters.Add(new() { Value = since.UtcDateTime });
        command.Parameters.Add(new() { Value = ways.Select(Stored).ToArray() });
        command.Parameters.Add(new() { Value = stays.ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var last = new Dictionary<Guid, DateTimeOffset>();
        while (await row.ReadAsync(cancel))
        {
            last[row.GetGuid(0)] = row.GetFieldValue<DateTimeOffset>(1);
        }

        return last;
    }

    /// <summary>Writes what still waits, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await writing;
        await Close();
    }

    private static string Stored(AccessPurpose what) => JsonNamingPolicy.KebabCaseLower.ConvertName(what.ToString());

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private async Task Write()
    {
        while (await waiting.Reader.WaitToReadAsync())
        {
            await Keep(Waiting());
        }
    }

    private List<Row> Waiting()
    {
        var rows = new List<Row>();
        while (rows.Count < MostAtOnce && waiting.Reader.TryRead(out var row))
        {
            rows.Add(row);
        }

        return rows;
    }

    private async Task Keep(IReadOnlyList<Row> rows)
    {
        try
        {
            await Insert(rows);
            foreach (var row in rows)
            {
                row.Kept.SetResult();
            }
        }
        catch (Exception refused) when (IsAboutTheRow(refused) && rows.Count > 1)
        {
            // One that can't be written must not cost the others their answer.
            await Close();
            foreach (var row in rows)
            {
                await Keep([row]);
            }
        }
#pragma warning disable CA1031 // Every failure goes to those who wait, and the next records are tried again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await Close();
            foreach (var row in rows)
            {
                row.Kept.SetException(failure);
            }
        }
    }

    private async Task Insert(IReadOnlyList<Row> rows)
    {
        var isFresh = connection is null;
        try
        {
            await InsertOn(connection ??= await database.OpenConnectionAsync(), rows);
        }
        catch (NpgsqlException lost) when (!isFresh && !IsAboutTheRow(lost))
        {
            // The kept connection may have died while it waited. If the first insert did arrive, a look is noted twice, which harms nobody.
            await Close();
            await InsertOn(connection = await database.OpenConnectionAsync(), rows);
        }
    }

    // Stays go as text, because PostgreSQL has no arrays of arrays of different lengths.
    private static async Task InsertOn(NpgsqlConnection connection, IReadOnlyList<Row> rows)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into access.access_log (facility, at, user_id, user_name, role, unit, stays, what, correlation, ip, device)
            select facility, at, user_id, user_name, role, unit, stays::uuid[], what, correlation, ip, device
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                as new (facility, at, user_id, user_name, role, unit, stays, what, correlation, ip, device)
            """,
            connection
        );
        Add(command, NpgsqlDbType.Text, rows, row => row.Facility);
        Add(command, NpgsqlDbType.TimestampTz, rows, row => row.At);
        Add(command, NpgsqlDbType.Text, rows, row => row.By.Id);
        Add(command, NpgsqlDbType.Text, rows, row => row.By.Name);
        Add(command, NpgsqlDbType.Text, rows, row => row.By.Role.ToString());
        Add(command, NpgsqlDbType.Text, rows, row => row.Unit);
        Add(command, NpgsqlDbType.Text, rows, row => "{" + string.Join(',', row.Stays) + "}");
        Add(command, NpgsqlDbType.Text, rows, row => Stored(row.What));
        Add(command, NpgsqlDbType.Uuid, rows, row => row.Origin.Correlation);
        Add(command, NpgsqlDbType.Inet, rows, row => row.Origin.Address);
        Add(command, NpgsqlDbType.Text, rows, row => row.Origin.Device);
        await command.PrepareAsync();
        await command.ExecuteNonQueryAsync();
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, IReadOnlyList<Row> rows, Func<Row, T> value) =>
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = rows.Select(value).ToArray() });

    // Class 22 is a value that PostgreSQL can't store; half a character does not even leave this process.
    private static bool IsAboutTheRow(Exception refused) =>
        refused is EncoderFallbackException or PostgresException { SqlState: ['2', '2', ..] };

    private async Task Close()
    {
        if (connection is { } open)
        {
            connection = null;
            await open.DisposeAsync();
        }
    }

    private sealed record Row(
        string Facility,
        DateTimeOffset At,
        Staff By,
        AccessPurpose What,
        string? Unit,
        IReadOnlyCollection<Guid> Stays,
        Origin Origin
    )
    {
        public TaskCompletionSource Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
