using System.Runtime.Versioning;
using Handoff.Api.Tests.Support;

namespace Handoff.Api.Tests.Embedded;

/// <summary>A folder for one test. Whatever server still runs in it at the end is ended, and the folder removed.</summary>
[UnsupportedOSPlatform("windows")]
sealed class TemporaryFolder
{
    const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute;

    readonly string path = Directory.CreateTempSubdirectory("handoff-embedded-").FullName;
    readonly Caretaker caretaker;

    public TemporaryFolder()
    {
        File.SetUnixFileMode(path, Passable);
        caretaker = Caretaker.Of(path);
    }

    public string this[params string[] names] => Path.Combine([path, .. names]);

    public Task Remove() => caretaker.Finish();
}
