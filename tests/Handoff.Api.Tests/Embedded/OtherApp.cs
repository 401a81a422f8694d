using System.Diagnostics;
using Handoff.Api.Tests.Embedded;
using Handoff.Api.Tests.Store;
using Handoff.Embedded;
using Microsoft.Extensions.Hosting;

#pragma warning disable CA1050, MA0047 // The runtime looks for a startup hook under this name, outside any namespace.
internal static class StartupHook
{
    public static void Initialize()
    {
        (
            Environment.GetEnvironmentVariable(OtherNode.Order) is { } node
                ? OtherNode.Write(node)
                : OtherApp.Hold(Environment.GetEnvironmentVariable(OtherApp.Order)!)
        )
            .GetAwaiter()
            .GetResult();
        Environment.Exit(0);
    }
}
#pragma warning restore CA1050, MA0047

namespace Handoff.Api.Tests.Embedded
{
    /// <summary>
    /// A second process that holds an embedded server and that a test may kill: this assembly, entered by its startup hook.
    /// </summary>
    internal sealed class OtherApp : IDisposable
    {
        public const string Order = "HANDOFF_TEST_FOLDER";

        private readonly Process process;

        private OtherApp(Process process) => this.process = process;

        public int Id => process.Id;

        public static OtherApp Begin(string folder) => new(Process.Start(Described(folder))!);

        public static async Task<OtherApp> Start(string folder)
        {
            var app = Begin(folder);
            (await app.process.StandardOutput.ReadLineAsync()).ShouldBe("ready");
            return app;
        }

        /// <summary>What the other process does: hold the server until it is asked to end, as the application does.</summary>
        public static async Task Hold(string folder)
        {
            await using var postgres = await EmbeddedPostgres.Start(new EmbeddedOptions { Folder = folder }, CancellationToken.None);
            using var host = new HostBuilder().UseConsoleLifetime(console => console.SuppressStatusMessages = true).Build();
            await host.StartAsync();
            await Console.Out.WriteLineAsync("ready");
            await host.WaitForShutdownAsync();
        }

        /// <summary>Sends a signal and waits until the process has ended.</summary>
        public async Task End(string signal)
        {
            await Machine.Shell($"kill -{signal} {Id}");
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);
        }

        public void Dispose()
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            process.Dispose();
        }

        // Tests that run in the background inherit that they ignore SIGINT, and would hand it on.
        private static ProcessStartInfo Described(string folder) =>
            new("env", ["--default-signal=INT", "dotnet", typeof(OtherApp).Assembly.Location])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                Environment = { ["DOTNET_STARTUP_HOOKS"] = typeof(OtherApp).Assembly.Location, [Order] = folder },
            };
    }
}
