using System.Diagnostics;
using Microsoft.Playwright;

namespace Handoff.Browser.Tests;

/// <summary>
/// The real browser that the tests drive: the one that CHROMIUM names, else one on PATH, else the one inside an npm package of the
/// project's.
/// </summary>
public sealed class Chrome : IAsyncLifetime
{
    // The first draws no toolbar, whose renderers take most of a core: twice as fast.
    private static readonly string[] Names =
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ];
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-background-networking"];
    private static readonly Lazy<Task<(string Path, Dictionary<string, string>? Environment)>> Found = new(Find);
    private IPlaywright? playwright;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>
    /// A browser of somebody's own device: what it remembers is in a folder, and there when it is closed and opened again.
    /// </summary>
    public async Task<IBrowserContext> OnDevice(string folder)
    {
        var (path, environment) = await Found.Value;
        return await playwright!.Chromium.LaunchPersistentContextAsync(
            folder,
            new()
            {
                ExecutablePath = path,
                Env = environment,
                Args = Arguments,
            }
        );
    }

    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        var (path, environment) = await Found.Value;
        Browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = path,
                Env = environment,
                Args = Arguments,
            }
        );
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright?.Dispose();
    }

    private static async Task<(string, Dictionary<string, string>?)> Find()
    {
        var installed =
            Environment.GetEnvironmentVariable("CHROMIUM")
            ?? Names
                .SelectMany(name =>
                    (Environment.GetEnvironmentVariable("PATH") ?? "")
                        .Split(Path.PathSeparator)
                        .Select(folder => Path.Combine(folder, name))
                )
                .FirstOrDefault(File.Exists);
        return installed is null ? await Unpack() : (installed, null);
    }

    // The package unpacks the browser, and beside it the libraries that a bare machine lacks, into the temporary folder.
    private static async Task<(string, Dictionary<string, string>?)> Unpack()
    {
        const string libraries = "/tmp/al2023/lib";
        var start = new ProcessStartInfo(
            "node",
            ["--input-type=module", "-e", "import c from '@sparticuz/chromium'; console.log(await c.executablePath());"]
        )
        {
            WorkingDirectory = Repository(),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["AWS_LAMBDA_JS_RUNTIME"] = "nodejs20.x";
        using var node = Process.Start(start)!;
        var path = (await node.StandardOutput.ReadToEndAsync()).Trim();
        await node.WaitForExitAsync();
        return File.Exists(path)
            ? (path, new() { ["LD_LIBRARY_PATH"] = libraries, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" })
            : throw new InvalidOperationException(
                "There is no Chromium or Chrome on PATH, and none could be unpacked from the npm packages. Install one, or name "
                    + "its program in the environment variable CHROMIUM."
            );
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "package.json")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of their checkout.");
        }

        return folder.FullName;
    }
}
