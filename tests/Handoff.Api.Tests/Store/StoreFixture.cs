using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Handoff.Api.Tests.Store;

/// <summary>A database of a test's own with the log's tables in it, and as many nodes on it as the test asks for.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    public const string Facility = "north";

    public static readonly EventTypeRegistry Names = new(typeof(EventTypeRegistry).Assembly, typeof(Counter).Assembly);

    public static readonly Actor Nurse = new(new Staff("n1", "Nora Nurse", Role.Nurse, "RN"), Permission.All.ToHashSet());

    private readonly List<Node> nodes = [];

    private StoreFixture(string connectionString)
    {
        ConnectionString = connectionString;
        Owner = NpgsqlDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    /// <summary>Connections as the owner of the tables, who may do what the application may not.</summary>
    public NpgsqlDataSource Owner { get; }

    public static async Task<StoreFixture> New() =>
        new(await (await Cluster.Shared).FromTemplate("store", database => Schema.Create(database, CancellationToken.None)));

    /// <summary>On a database of a cluster that the test may break.</summary>
    public static async Task<StoreFixture> On(string connectionString)
    {
        await Schema.Create(connectionString, CancellationToken.None);
        return new(connectionString);
    }

    public Node Node(TimeProvider? clock = null, params Reaction[] reactions)
    {
        var node = new Node(ConnectionString, clock ?? TimeProvider.System, reactions);
        nodes.Add(node);
        return node;
    }

    /// <summary>Runs SQL as the owner.</summary>
    public async Task Run(string sql, params object[] arguments)
    {
        await using var command = Command(sql, arguments);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of what SQL finds as the owner.</summary>
    public async Task<List<T>> All<T>(string sql, params object[] arguments)
    {
        await using var command = Command(sql, arguments);
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await rows.ReadAsync())
        {
            all.Add(rows.GetFieldValue<T>(0));
        }

        return all;
    }

    public async Task<T> One<T>(string sql, params object[] arguments) => (await All<T>(sql, arguments)).ShouldHaveSingleItem();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        await Owner.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, object[] arguments)
    {
        var command = Owner.CreateCommand(sql);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        return command;
    }
}

/// <summary>One running copy of the service, as far as the log goes.</summary>
public sealed class Node : IAsyncDisposable
{
    private readonly List<Microsoft.Extensions.Hosting.BackgroundService> running = [];
    private bool isStopped;

    public Node(string connectionString, TimeProvider clock, params Reaction[] reactions)
    {
        Store = new(connectionString, StoreFixture.Names);
        Reader = new(Store);
        States = new(Store, Reader);
        Log = new(Store, States, clock);
        Duties = new(Store, Log, Reader, States, new(reactions), clock, NullLogger<DeadlineRunner>.Instance);
        Follower = new(Store, Log, Reader, clock, NullLogger<NodeFollower>.Instance);
    }

    public EventStore Store { get; }

    public NpgsqlDataSource Source => Store.Source;

    public LogReader Reader { get; }

    public StateReader States { get; }

    public Log Log { get; }

    public DeadlineRunner Duties { get; }

    public NodeFollower Follower { get; }

    public Task<CommandResult> Send(
        string key,
        Command<Counter> command,
        Guid? request = null,
        long? expected = null,
        string facility = StoreFixture.Facility
    ) => Log.Send(facility, new(command with { Key = key }, StoreFixture.Nurse, request ?? Guid.CreateVersion7(), Expected: expected));

    public async Task<SavedState> Saved(string key, string facility = StoreFixture.Facility)
    {
        var stream = StreamId.For("counter", key);
        return (await States.Load(facility, [stream], CancellationToken.None))[stream];
    }

    public async Task<Counter> State(string key, string facility = StoreFixture.Facility) => (Counter)(await Saved(key, facility)).State;

    public async Task<List<StoredEvent>> Events(string facility = StoreFixture.Facility) =>
        await Reader.After(facility, 0, int.MaxValue, CancellationToken.None).ToListAsync();

    /// <summary>Starts the node's follower or its duties; they stop with the node.</summary>
    public async Task Start(Microsoft.Extensions.Hosting.BackgroundService service)
    {
        running.Add(service);
        await service.StartAsync(CancellationToken.None);
    }

    /// <summary>Stops as the service does: what was taken in is finished first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isStopped)
        {
            return;
        }

        isStopped = true;
        foreach (var service in running)
        {
            await service.StopAsync(CancellationToken.None);
        }

        await Log.DisposeAsync();
        await Store.DisposeAsync();
    }
}

/// <summary>The duties of all facilities on one node, without Wolverine: what reactions owe is done at once.</summary>
public sealed class RunningDuties(DeadlineRunner duties) : Microsoft.Extensions.Hosting.BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => duties.Serve(_ => true, duties.Settle, stoppingToken);
}

/// <summary>A clock that goes where the test puts it.</summary>
public sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

public static class Waiting
{
    /// <summary>Waits until it is so, and fails when it does not come to be.</summary>
    public static async Task Until(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await isSo())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    public static Task Until(Func<bool> isSo) => Until(() => Task.FromResult(isSo()));
}
