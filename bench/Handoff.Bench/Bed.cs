using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Npgsql;

namespace Handoff.Bench;

/// <summary>A durable database (fsync on) with a log on it, and facilities full of patients to record checks on.</summary>
internal sealed class Bed : IAsyncDisposable
{
    // Of 16 MB: more than the longest of the measurements writes.
    private const int LogFiles = 100;

    private readonly Cluster cluster;

    private Bed(Cluster cluster, string connectionString)
    {
        this.cluster = cluster;
        ConnectionString = connectionString;
        Store = new(connectionString, EventTypeRegistry.Domain);
        Reader = new(Store);
        States = new(Store, Reader);
        Log = new(Store, States, TimeProvider.System);
    }

    public string ConnectionString { get; }

    /// <summary>Another database on the same server.</summary>
    public Task<string> Elsewhere() => cluster.NewDatabase();

    public int ServerProcess { get; private init; }

    public EventStore Store { get; }

    public NpgsqlDataSource Source => Store.Source;

    public LogReader Reader { get; }

    public StateReader States { get; }

    public Log Log { get; }

    public static async Task<Bed> Make()
    {
        var own = await Cluster.Start(isDurable: true);
        var database = await own.NewDatabase();
        await Schema.Create(database, CancellationToken.None);
        await Settle(database);
        return new(own, database) { ServerProcess = await Postmaster(database) };
    }

    // A server that has run for a while writes its log over files that it has; a new one makes each file first, and whoever waits for a
    // commit waits for that.
    private static async Task Settle(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var next = source.CreateCommand("select pg_logical_emit_message(true, '', ''), pg_switch_wal()");
        for (var i = 0; i < LogFiles; i++)
        {
            await next.ExecuteNonQueryAsync();
        }

        await using var keep = source.CreateCommand("checkpoint");
        await keep.ExecuteNonQueryAsync();
    }

    private static async Task<int> Postmaster(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select pg_read_file('postmaster.pid')");
        return int.Parse(((string)(await command.ExecuteScalarAsync())!).Split('\n')[0]);
    }

    /// <summary>Opens a unit in a facility and admits patients, whose safety checks then run.</summary>
    public async Task<List<string>> Fill(string facility, int patients, string unit = "bench")
    {
        await Send(facility, new OpenUnit("Bench", "America/Chicago") { Key = unit });
        await Send(facility, new SetBeds([.. Enumerable.Range(1, 30).Select(i => $"{i}")]) { Key = unit });
        var stays = Enumerable.Range(0, patients).Select(i => NamedId.From(facility, unit, $"{i}").ToString()).ToList();
        foreach (var some in stays.Index().Chunk(60))
        {
            await Task.WhenAll(
                some.Select(s =>
                    Send(
                        facility,
                        new Admit($"{s.Index}", $"Family{s.Index}", "Given", unit, $"{s.Index % 30 + 1}", BedMayBeTaken: true)
                        {
                            Key = s.Item,
                        }
                    )
                )
            );
            await Task.WhenAll(some.Select(s => Send(facility, new FollowStay { Key = s.Item })));
        }

        return stays;
    }

    public async Task<CommandResult> Send(string facility, ICommand command)
    {
        var answer = await Log.Send(facility, new(command, Actor.Clock, Guid.CreateVersion7()));
        return answer.Refusal is { } refusal ? throw new InvalidOperationException(refusal.Code) : answer;
    }

    /// <summary>The same check as a client sends it.</summary>
    public static object CheckBody { get; } = new
    {
        place = "Day room",
        isAsleep = false,
        activity = "Talking",
        remark = "Sat with two others, spoke when spoken to.",
    };

    /// <summary>A check with a remark, about 300 bytes as JSON.</summary>
    public static RecordCheck Check(string stay) =>
        new(
            "Day room",
            IsAsleep: false,
            Activity: Activity.Talking,
            Evidence: EvidenceGrade.Nfc,
            Remark: "Sat with two others, spoke when spoken to."
        )
        {
            Key = stay,
        };

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await Store.DisposeAsync();
        await cluster.DisposeAsync();
    }
}
