using System.ComponentModel;
using System.Diagnostics;

namespace Handoff.Embedded;

/// <summary>What a program answered: its exit code and everything it printed.</summary>
internal sealed record Outcome(int Code, string Text)
{
    public bool IsGood => Code == 0;
}

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    public static async Task<Outcome> Run(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var process = Begin(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await End(process, cancellation);
        return new Outcome(process.ExitCode, $"{await Rest(output)}{await Rest(errors)}".Trim());
    }

    private static Process Begin(string program, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(Described(program, arguments))!;
        }
        catch (Win32Exception reason)
        {
            throw new EmbeddedException($"{program} can't be run: {reason.Message}", reason);
        }
    }

    private static ProcessStartInfo Described(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["LC_ALL"] = "C"; // We read the server's messages, so they must be in English.
        return start;
    }

    private static async Task End(Process process, CancellationToken cancellation)
    {
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    // On Windows a started server inherits the pipe and keeps it open, so the end of the text is not waited for without limit.
    private static async Task<string> Rest(Task<string> text) =>
        await Task.WhenAny(text, Task.Delay(TimeSpan.FromSeconds(1))) == text ? await text : "";
}
