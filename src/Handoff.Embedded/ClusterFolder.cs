using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Handoff.Embedded;

/// <summary>
/// The folder of one embedded server, held by one process at a time. The password, the port and the lock belong to this
/// process's user; <c>server/</c> with the cluster and the log belongs to the server's.
/// </summary>
internal sealed class ClusterFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int FirstPort = 20_000,
        Ports = 12_000; // Below what systems hand out to outgoing connections.
    private const int LongestLog = 4_000_000,
        Tail = 20;

    private readonly FileStream hold;

    private ClusterFolder(string path, Account account, FileStream hold) => (Path, Account, this.hold) = (path, account, hold);

    public string Path { get; }

    public Account Account { get; }

    public string Server => In("server");

    public string Cluster => In("server", "data");

    public string Log => In("server", "postgres.log");

    public string Password => File.ReadAllText(In("password"));

    /// <summary>Takes the folder for this process, or says who has it.</summary>
    public static async Task<ClusterFolder> Hold(EmbeddedOptions options, CancellationToken cancellation)
    {
        try
        {
            var (path, account) = await Place(options, cancellation);
            return new ClusterFolder(path, account, await Lock(path, cancellation));
        }
        catch (UnauthorizedAccessException reason)
        {
            throw new EmbeddedException(
                $"The data folder {options.Folder} belongs to another user. Start Handoff as that user, or with another "
                    + $"Embedded:Folder. ({reason.Message})",
                reason
            );
        }
    }

    public void Dispose() => hold.Dispose();

    /// <summary>Makes <c>server/</c> for the server's user and forgets what an interrupted first start left there.</summary>
    public async Task Prepare(CancellationToken cancellation)
    {
        if (!Directory.Exists(Server))
        {
            Disk.Folder(Server, OwnerOnly);
        }

        await Account.TakeOver(Server, cancellation);
        foreach (var draft in Directory.EnumerateDirectories(Server, "draft.*"))
        {
            Forget(draft);
        }
    }

    /// <summary>A place to build the cluster; it takes the cluster's name when it is whole.</summary>
    public string Draft() => In("server", $"draft.{System.IO.Path.GetRandomFileName()}");

    /// <summary>The password of a cluster that is about to be made.</summary>
    public string NewPassword()
    {
        Disk.Keep(In("password"), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)), Disk.Secret);
        return Password;
    }

    /// <summary>The port of last time if it is free, else the next free one; a folder's first port follows from its path.</summary>
    public int FreePort(int attempt)
    {
        var first = int.TryParse(Kept("port"), out var kept) ? kept : FirstPort + (BitConverter.ToUInt16(Hash(Path)) % Ports);
        return Enumerable
            .Range(0, Ports)
            .Select(step => step == 0 ? first : FirstPort + ((first + step) % Ports))
            .Where(IsFree)
            .Skip(attempt)
            .FirstOrDefault(first);
    }

    /// <summary>Writes the server's configuration.</summary>
    public void Configure(int port, IReadOnlyDictionary<string, string> settings)
    {
        Disk.Keep(In("port"), port.ToString(), Disk.Plain);
        File.WriteAllText(System.IO.Path.Combine(Cluster, "handoff.conf"), ServerSettings.File(port, settings));
    }

    /// <summary>The log's length now, after putting an overlong log aside.</summary>
    public long LogEnd()
    {
        if (!File.Exists(Log))
        {
            return 0;
        }

        if (new FileInfo(Log).Length > LongestLog)
        {
            File.Move(Log, $"{Log}.1", overwrite: true);
        }

        return File.Exists(Log) ? new FileInfo(Log).Length : 0;
    }

    /// <summary>The last lines that the server wrote after that point.</summary>
    public string LogSince(long end)
    {
        if (!File.Exists(Log))
        {
            return "";
        }

        using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        log.Seek(end, SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        return string.Join('\n', reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(Tail));
    }

    private static async Task<(string Path, Account Account)> Place(EmbeddedOptions options, CancellationToken cancellation)
    {
        var path = Followed(options.Folder);
        var account = await Account.For(System.IO.Path.Combine(path, "server"), cancellation);
        Disk.Folder(path);
        if (!await account.CanEnter(path, cancellation))
        {
            path = Moved(path, options, account);
        }

        if (!await account.CanEnter(path, cancellation))
        {
            throw Unreachable(path, account);
        }

        return (path, account);
    }

    // The server's user can't reach a checkout below a private folder such as /root, so its data lives elsewhere, behind a link.
    private static string Moved(string path, EmbeddedOptions options, Account account)
    {
        if (Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw Unreachable(path, account);
        }

        var elsewhere = System.IO.Path.Combine(options.Elsewhere, "data", Convert.ToHexStringLower(Hash(options.Folder))[..16]);
        Disk.Folder(elsewhere);
        Directory.Delete(path);
        File.CreateSymbolicLink(path, elsewhere);
        options.Log.LogInformation(
            "The data folder {Folder} can't be reached by PostgreSQL's user; it is now a link to {Elsewhere}",
            path,
            elsewhere
        );
        return elsewhere;
    }

    private static EmbeddedException Unreachable(string path, Account account) =>
        new(
            $"User {account.User}, as whom PostgreSQL runs, can't reach the data folder {path}. Let others pass through the "
                + "folders above it (chmod o+x), or start Handoff as an ordinary user."
        );

    private static string Followed(string folder) =>
        new DirectoryInfo(folder).LinkTarget is null
            ? System.IO.Path.GetFullPath(folder)
            : Directory.ResolveLinkTarget(folder, returnFinalTarget: true)!.FullName;

    private static async Task<FileStream> Lock(string path, CancellationToken cancellation)
    {
        var held = await Locked(path, cancellation);
        Disk.Keep(System.IO.Path.Combine(path, "holder"), $"{Environment.ProcessId}", Disk.Plain);
        return held;
    }

    // The system drops this lock when the process ends, however it ends. A process that is just stopping gets a moment.
    private static async Task<FileStream> Locked(string path, CancellationToken cancellation)
    {
        for (var left = 20; ; left--)
        {
            try
            {
                return new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (left > 0)
            {
                await Task.Delay(100, cancellation);
            }
            catch (IOException reason)
            {
                throw new EmbeddedException(
                    $"The data folder {path} is in use by {Holder(path)}. Stop it first, or start this one with another Embedded:Folder.",
                    reason
                );
            }
        }
    }

    private static string Holder(string path) =>
        System.IO.Path.Combine(path, "holder") is var file && File.Exists(file)
            ? $"another Handoff (process {File.ReadAllText(file)})"
            : "another Handoff";

    private static void Forget(string draft)
    {
        try
        {
            Directory.Delete(draft, recursive: true);
        }
        catch (IOException)
        {
            // An interrupted start's initdb may still be writing; the next start forgets the rest.
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private string? Kept(string name) => File.Exists(In(name)) ? File.ReadAllText(In(name)) : null;

    private string In(params string[] names) => System.IO.Path.Combine([Path, .. names]);
}
