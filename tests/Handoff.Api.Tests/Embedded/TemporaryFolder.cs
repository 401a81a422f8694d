using System.Runtime.Versioning;
using Handoff.Api.Tests.Support;

namespace Handoff.Api.Tests.Embedded;

/// <summary>A folder for one test. Whatever server still runs in it at the end is ended, and the folder removed.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class TemporaryFolder
{
    private const UnixFileMode Passable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;

    private readonly string path = Directory.CreateTempSubdirectory("handoff-embedded-").FullName;
    private readonly Caretaker caretaker;

    public TemporaryFolder()
    {
        File.SetUnixFileMode(path, Passable);
        caretaker = Caretaker.Of(path);
    }

    public string this[params string[] names] => Path.Combine([path, .. names]);

    public Task Remove() => caretaker.Finish();
}
