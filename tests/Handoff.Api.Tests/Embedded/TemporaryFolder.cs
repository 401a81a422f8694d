using System.Diagnostics;
using System.Runtime.Versioning;

namespace Handoff.Api.Tests.Embedded;

/// <summary>A folder for one test. Whatever server still runs in it at the end is ended, and the folder removed.</summary>
[UnsupportedOSPlatform("windows")]
sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("handoff-embedded-").FullName;

    public TemporaryFolder()
    {
        const UnixFileMode rights = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(Path, rights);
    }

    public string this[params string[] names] => System.IO.Path.Combine([Path, .. names]);

    public void Dispose()
    {
        foreach (var server in Servers()) server.Kill();
        for (var tries = 0; ; tries++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
                return;
            }
            catch (IOException) when (tries < 20)
            {
                Thread.Sleep(100);
            }
        }
    }

    IEnumerable<Process> Servers() => Process.GetProcessesByName("postgres").Where(process => WorksHere(process.Id));

    bool WorksHere(int id) =>
        new FileInfo($"/proc/{id}/cwd").LinkTarget?.StartsWith(Path + "/", StringComparison.Ordinal) == true;
}
