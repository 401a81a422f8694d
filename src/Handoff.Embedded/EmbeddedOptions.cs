using Microsoft.Extensions.Logging.Abstractions;

namespace Handoff.Embedded;

/// <summary>Where the embedded PostgreSQL lives and what it is told.</summary>
public sealed record EmbeddedOptions
{
    /// <summary>The folder that holds the data, the password, the port and the server's log. It is made if absent.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// A folder with <c>bin/postgres</c>; by default the one in <c>node_modules</c> of a folder above <see cref="SearchFrom"/>.
    /// </summary>
    public string? Binaries { get; init; }

    /// <summary>Folders from which the binaries are searched, upwards.</summary>
    public IReadOnlyList<string> SearchFrom { get; init; } = [AppContext.BaseDirectory];

    /// <summary>Where binaries and data go when the server's user can't reach, or we can't complete, those of the checkout.</summary>
    public string Elsewhere { get; init; } = DefaultElsewhere();

    /// <summary>Settings added to, or replacing, those of <see cref="ServerSettings"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>How long a server that someone started before us may take to answer, for example while it recovers.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Hears what happens to the server.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>
    /// Reads <c>Embedded:Folder</c> and <c>Embedded:Binaries</c>; the folder is by default <c>.data/postgres</c> of the checkout.
    /// </summary>
    public static EmbeddedOptions From(IConfiguration configuration, string contentRoot, ILogger log) =>
        new()
        {
            Folder = Path.GetFullPath(configuration["Embedded:Folder"] ?? Path.Combine(Checkout(contentRoot), ".data", "postgres")),
            Binaries = configuration["Embedded:Binaries"],
            SearchFrom = [AppContext.BaseDirectory, contentRoot],
            Log = log,
        };

    internal static IEnumerable<string> Upwards(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }

    private static string Checkout(string contentRoot) =>
        Upwards(AppContext.BaseDirectory)
            .Concat(Upwards(contentRoot))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "package.json")))
        ?? contentRoot;

    private static string DefaultElsewhere() =>
        Account.IsRoot
            ? "/var/lib/handoff"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "handoff");
}
