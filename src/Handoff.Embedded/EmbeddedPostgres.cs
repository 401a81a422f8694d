using System.Diagnostics;
using Npgsql;

namespace Handoff.Embedded;

/// <summary>
/// A PostgreSQL server that belongs to this process: started by it, stopped with it, brought back when it dies.
/// A server that an earlier, killed process left running is taken over with everything it holds.
/// </summary>
/// <example><c>await using var postgres = await EmbeddedPostgres.Start(options, cancellation);</c></example>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const int MostDeathsInARow = 6; // Tried again after 0.1, 0.2 … 3.2 s.
    private static readonly TimeSpan Stable = TimeSpan.FromMinutes(1);

    private readonly ClusterFolder folder;
    private readonly Server server;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource<EmbeddedException> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> stop;
    private readonly Task watch;

    private Postmaster postmaster;

    private EmbeddedPostgres(ClusterFolder folder, Server server, Postmaster postmaster, ILogger log)
    {
        (this.folder, this.server, this.postmaster, this.log) = (folder, server, postmaster, log);
        ConnectionString = server.ConnectionString(postmaster.Port);
        stop = new Lazy<Task>(Stop);
        watch = Task.Run(() => Watch(stopping.Token));
        AppDomain.CurrentDomain.ProcessExit += StopWithProcess;
    }

    /// <summary>The superuser's connection string, to the database <c>postgres</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>The folder that holds the data, with every link followed.</summary>
    public string Folder => folder.Path;

    /// <summary>The server's process; it changes when the server died and was brought back.</summary>
    public int ProcessId => postmaster.Id;

    /// <summary>How often the server died and was brought back.</summary>
    public int Restarts { get; private set; }

    /// <summary>Completes, with the reason, when the server is gone and could not be brought back.</summary>
    public Task<EmbeddedException> Exited => exited.Task;

    /// <summary>Starts the server of a folder, or takes over the one that runs there; ready for connections when it returns.</summary>
    /// <exception cref="EmbeddedException">The message says what is wrong and what to do.</exception>
    public static async Task<EmbeddedPostgres> Start(EmbeddedOptions options, CancellationToken cancellation)
    {
        var found = Binaries.Locate(options);
        var held = await ClusterFolder.Hold(options, cancellation);
        try
        {
            return await Start(
                new Server(held, await found.For(held.Account, options.Elsewhere, cancellation), options),
                held,
                options.Log,
                cancellation
            );
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The superuser's connection string to a database of this name, which is made if absent.</summary>
    public async Task<string> Database(string name, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(
            "select format('create database %I', $1) where not exists (select from pg_database where datname = $1)"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        if (await command.ExecuteScalarAsync(cancellation) is string create)
        {
            await using var creation = source.CreateCommand(create);
            await creation.ExecuteNonQueryAsync(cancellation);
        }
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>Stops the server and gives the folder free. Calling it again waits for the same stop.</summary>
    public async ValueTask DisposeAsync() => await stop.Value;

    private static async Task<EmbeddedPostgres> Start(Server made, ClusterFolder held, ILogger log, CancellationToken cancellation)
    {
        await made.Prepare(cancellation);
        try
        {
            return new EmbeddedPostgres(held, made, await made.Up(port: null, cancellation), log);
        }
        catch (OperationCanceledException)
        {
            await made.Stop();
            throw;
        }
    }

    private async Task Stop()
    {
        AppDomain.CurrentDomain.ProcessExit -= StopWithProcess;
        await stopping.CancelAsync();
        await watch;
        await server.Stop();
        folder.Dispose();
        stopping.Dispose();
    }

    private void StopWithProcess(object? sender, EventArgs nothing) => Task.Run(() => stop.Value).GetAwaiter().GetResult();

    private async Task Watch(CancellationToken cancellation)
    {
        try
        {
            await KeepAlive(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // We are stopping.
        }
        catch (Exception reason)
        {
            log.LogCritical(reason, "PostgreSQL is gone and can't be brought back");
            exited.TrySetResult(reason as EmbeddedException ?? new EmbeddedException(reason.Message, reason));
        }
    }

    private async Task KeepAlive(CancellationToken cancellation)
    {
        for (var deaths = 1; ; deaths++)
        {
            var alive = Stopwatch.StartNew();
            await postmaster.End(cancellation);
            if (alive.Elapsed > Stable)
            {
                deaths = 1;
            }

            if (deaths > MostDeathsInARow)
            {
                throw new EmbeddedException($"PostgreSQL in {Folder} ended {MostDeathsInARow} times in a row; its log is {folder.Log}.");
            }

            log.LogError("PostgreSQL (process {Process}) ended unexpectedly; bringing it back", postmaster.Id);
            await Task.Delay(TimeSpan.FromMilliseconds(50 << deaths), cancellation);
            await BringBack(isLast: deaths == MostDeathsInARow, cancellation);
        }
    }

    private async Task BringBack(bool isLast, CancellationToken cancellation)
    {
        try
        {
            postmaster = await server.Up(postmaster.Port, cancellation);
            Restarts++;
            log.LogWarning("PostgreSQL is back as process {Process}", postmaster.Id);
        }
        catch (Exception reason) when (!isLast && reason is EmbeddedException or IOException or UnauthorizedAccessException)
        {
            log.LogError(reason, "PostgreSQL did not come back; trying again");
        }
    }
}
