using System.Collections.Concurrent;
using System.Diagnostics;
using Handoff.Embedded;
using Npgsql;

namespace Handoff.Api.Tests.Support;

/// <summary>
/// An embedded PostgreSQL in a temporary folder. Tests share one per run and each gets a database of its own.
/// Neither the server nor the folder outlives the process, however it ends.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    private const string Prefix = "handoff-tests-";

    private static readonly Dictionary<string, string> Roomy = new() { ["max_connections"] = "500" };
    private static readonly Dictionary<string, string> Relaxed = new(Roomy)
    {
        ["fsync"] = "off",
        ["synchronous_commit"] = "off",
        ["full_page_writes"] = "off",
    };
    private static readonly Lazy<Task<Cluster>> OfThisRun = new(() => Start());

    private readonly EmbeddedPostgres postgres;
    private readonly Caretaker caretaker;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> templates = new();
    private int databases;

    private Cluster(EmbeddedPostgres postgres, Caretaker caretaker) => (this.postgres, this.caretaker) = (postgres, caretaker);

    /// <summary>The one cluster of this test run, started when first asked for. It does not wait for the disk.</summary>
    public static Task<Cluster> Shared => OfThisRun.Value;

    /// <summary>Part of the key of a template that grows old: on a slow machine too no facility was filled longer ago than this.</summary>
    public static string Fresh => $"{DateTimeOffset.UtcNow.Ticks / TimeSpan.FromMinutes(5).Ticks}";

    /// <summary>The superuser's connection string, to the database <c>postgres</c>.</summary>
    public string ConnectionString => postgres.ConnectionString;

    /// <summary>Starts a cluster of its own. A durable one keeps fsync on, as the application does: measure on that.</summary>
    public static async Task<Cluster> Start(bool isDurable = false)
    {
        foreach (var leftover in Leftovers())
        {
            await Caretaker.Of(leftover).Finish();
        }

        var folder = Path.Combine(Path.GetTempPath(), $"{Prefix}{Path.GetRandomFileName()}");
        var care = Caretaker.Of(folder);
        var options = new EmbeddedOptions { Folder = folder, Settings = isDurable ? Roomy : Relaxed };
        return new Cluster(await EmbeddedPostgres.Start(options, CancellationToken.None), care);
    }

    /// <summary>A fresh database, as a copy of a template; returns its connection string.</summary>
    public async Task<string> NewDatabase(string template = "template1")
    {
        var name = $"db_{Interlocked.Increment(ref databases)}";
        await Run($"create database {name} template {template}");
        return To(name);
    }

    /// <summary>A fresh copy of a database that is prepared once per key; <paramref name="prepare"/> gets its connection string.</summary>
    public async Task<string> FromTemplate(string key, Func<string, Task> prepare) =>
        await NewDatabase(await templates.GetOrAdd(key, _ => new Lazy<Task<string>>(() => Template(prepare))).Value);

    public async ValueTask DisposeAsync()
    {
        await postgres.DisposeAsync();
        await caretaker.Finish();
    }

    private async Task<string> Template(Func<string, Task> prepare)
    {
        var prepared = await NewDatabase();
        await prepare(prepared);
        await using var pool = new NpgsqlConnection(prepared);
        NpgsqlConnection.ClearPool(pool); // A template that someone is connected to can't be copied.
        return await Closed(new NpgsqlConnectionStringBuilder(prepared).Database!);
    }

    private async Task<string> Closed(string database)
    {
        await Run($"alter database {database} allow_connections false");
        await Run($"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{database}'");
        return database;
    }

    private async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // Many databases share the server's connections, so idle ones are given back soon.
    private string To(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Database = database,
            IncludeErrorDetail = true,
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 5,
        }.ConnectionString;

    private static string[] Leftovers() => [.. Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*").Where(IsLeftover)];

    // A folder that is just being made is not yet held, so the young are spared.
    private static bool IsLeftover(string folder)
    {
        var file = Path.Combine(folder, "lock");
        try
        {
            using var hold = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return File.GetLastWriteTimeUtc(file) < DateTime.UtcNow - TimeSpan.FromMinutes(1);
        }
        catch (Exception used) when (used is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

/// <summary>A shell that outlives this process, however it ends, to end the servers that still run in a folder and to remove it.</summary>
public sealed class Caretaker
{
    // Its input ends when this process does. Only a process that works in the folder is ended: numbers may be used again.
    private const string Care = """
        trap '' INT TERM HUP
        read -r end
        find "$1/" -name postmaster.pid 2>/dev/null | while read -r file; do
            pid=$(head -n 1 "$file")
            [ "/proc/$pid/cwd" -ef "${file%/*}" ] || [ ! -d /proc/self ] || continue
            kill -QUIT "$pid" || continue
            while kill -0 "$pid" 2>/dev/null && [ -f "$file" ]; do sleep 0.1; done
        done
        rm -rf "$(readlink -f "$1")" "$1"
        """;

    private readonly Process shell;

    private Caretaker(Process shell) => this.shell = shell;

    public static Caretaker Of(string folder) =>
        new(
            Process.Start(
                new ProcessStartInfo("/bin/sh", ["-c", Care, "caretaker", folder]) { UseShellExecute = false, RedirectStandardInput = true }
            )!
        );

    /// <summary>Does its work now, and returns when the folder is gone.</summary>
    public async Task Finish()
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
        shell.Dispose();
    }
}
