using System.Diagnostics;

namespace Handoff.Bench;

/// <summary>The program itself, as its own process, on the bench's database.</summary>
internal sealed class Served : IAsyncDisposable
{
    public const string Key = "bench-key-bench-key-bench";
    private readonly Process process;

    private Served(Process process, Uri address)
    {
        (this.process, Address) = (process, address);
        Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseCookies = false }) { BaseAddress = address };
        Http.DefaultRequestHeaders.Add("X-Api-Key", Key);
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    /// <summary>Resident memory in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Processor time that the program has used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<Served> Start(Bed bed)
    {
        var address = new Uri("http://127.0.0.1:" + FreePort());
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Handoff.Api.dll"),
                "--urls",
                address.ToString(),
                "--ConnectionStrings:Handoff",
                bed.ConnectionString,
                "--Demo:ApiKey",
                Key,
            ]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var served = new Served(Process.Start(start)!, address);
        served.process.OutputDataReceived += (_, _) => { };
        served.process.BeginOutputReadLine();
        for (var i = 0; i < 300; i++)
        {
            try
            {
                if ((await served.Http.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return served;
                }
            }
            catch (HttpRequestException)
            {
                // It is still starting.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("The program did not start within 30 s.");
    }

    /// <summary>How long the whole answer took.</summary>
    public async Task<TimeSpan> Ask(string path)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await Http.GetAsync(path);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        return Stopwatch.GetElapsedTime(started);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using (Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
