using System.Runtime.Versioning;
using Handoff.Embedded;

namespace Handoff.Api.Tests.Embedded;

/// <summary>A server as the application starts it, for the tests that only look at it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RunningPostgres : IAsyncLifetime
{
    private readonly TemporaryFolder temporary = new();

    public EmbeddedPostgres Postgres { get; private set; } = null!;

    public string this[params string[] names] => temporary[["postgres", .. names]];

    public async Task InitializeAsync() =>
        Postgres = await EmbeddedPostgres.Start(new EmbeddedOptions { Folder = temporary["postgres"] }, CancellationToken.None);

    public async Task DisposeAsync()
    {
        await Postgres.DisposeAsync();
        await temporary.Remove();
    }
}
