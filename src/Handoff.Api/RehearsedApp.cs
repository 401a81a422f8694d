using Handoff.Api.Store;
using Handoff.Simulator;
using Handoff.Simulator.Demo;

namespace Handoff.Api;

/// <summary>This application, as a rehearsal needs it.</summary>
internal sealed class RehearsedApp(WebApplication app) : IRehearsedService
{
    private LogReader Reader => app.Services.GetRequiredService<LogReader>();

    public async Task<bool> IsEmpty(CancellationToken cancel) => (await Reader.Heads(cancel)).Count == 0;

    public async Task<(Uri Url, string Key)> Start(CancellationToken cancel)
    {
        var demo =
            await FirstStart.LoadDemo(app, cancel) ?? throw new InvalidOperationException("Demo:Load says that there is no demo facility.");
        await app.StartAsync(cancel);
        return (new(app.Urls.First()), demo.ApiKey);
    }

    public Task<long> Events() => Reader.Head(DemoFacility.Id, CancellationToken.None);

    public Task Stop(CancellationToken cancel) => app.StopAsync(cancel);
}
