using System.Runtime.Versioning;
using Handoff.Embedded;

namespace Handoff.Api.Tests.Embedded;

/// <summary>A data folder that has been started once and stopped, so that a test can begin with a copy of it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MadeFolder : IAsyncLifetime
{
    private readonly TemporaryFolder temporary = new();

    public async Task InitializeAsync()
    {
        await using var postgres = await EmbeddedPostgres.Start(new EmbeddedOptions { Folder = temporary["made"] }, CancellationToken.None);
    }

    public Task DisposeAsync() => temporary.Remove();

    /// <summary>Copies the folder, rights and owners included; the copy chooses a port of its own.</summary>
    public Task CopyTo(string folder) => Machine.Shell($"cp -a '{temporary["made"]}' '{folder}' && rm '{folder}/port'");
}
