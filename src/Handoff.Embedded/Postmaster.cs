using System.Diagnostics;

namespace Handoff.Embedded;

/// <summary>A running server of our own data folder. A process number may be used again, so its birth belongs to its identity.</summary>
internal sealed record Postmaster(int Id, int Port, string Birth)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public bool IsAlive => BirthOf(Id) == Birth;

    /// <summary>The server that runs on this data folder, or none; a pid file left by a dead one is removed.</summary>
    public static async Task<Postmaster?> Find(string cluster, Account account, CancellationToken cancellation)
    {
        var file = Path.Combine(cluster, "postmaster.pid");
        if (!File.Exists(file) || Written(await File.ReadAllLinesAsync(file, cancellation)) is not var (id, port))
        {
            return null;
        }

        if (BirthOf(id) is { } birth && await WorksIn(cluster, id, account, cancellation))
        {
            return new Postmaster(id, port, birth);
        }

        File.Delete(file);
        return null;
    }

    /// <summary>Waits until the server is gone. It need not be our child, so it is looked at rather than waited for.</summary>
    public async Task End(CancellationToken cancellation)
    {
        while (IsAlive)
        {
            await Task.Delay(Glance, cancellation);
        }
    }

    // Lines of postmaster.pid: process, data folder, start, port, socket folder, address, shared memory, status.
    private static (int Id, int Port)? Written(string[] lines) =>
        lines.Length > 3 && int.TryParse(lines[0], out var id) && int.TryParse(lines[3], out var port) ? (id, port) : null;

    // A server works in its data folder. Asked as the server's user: root without ptrace rights may not look.
    private static async Task<bool> WorksIn(string cluster, int id, Account account, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var answer = await account.Run("test", [$"/proc/{id}/cwd", "-ef", cluster], cancellation);
        return answer.Code is 0 or 1
            ? answer.IsGood
            : throw new EmbeddedException($"Whether process {id} is the server of {cluster} can't be told: {answer.Text}");
    }

    private static string? BirthOf(int id) => OperatingSystem.IsLinux() ? BirthOnLinux(id) : BirthElsewhere(id);

    // Everything after the last parenthesis of /proc/<id>/stat: the state first, the start time twentieth. Zombies don't count.
    private static string? BirthOnLinux(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? BirthElsewhere(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal) ? process.StartTime.Ticks.ToString() : null;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
