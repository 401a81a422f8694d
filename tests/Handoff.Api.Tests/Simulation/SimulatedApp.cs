using Handoff.Api.Access;
using Handoff.Api.Handoffs;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Simulator;
using Handoff.Simulator.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Handoff.Api.Tests.Simulation;

/// <summary>The real application with the demo facility on a free port, and what its log holds after a play.</summary>
public sealed class SimulatedApp : IAsyncLifetime
{
    public const string Key = "hf_a-play-for-tests-only-0123456789";

    private WebApplication app = null!;

    public Uri Address => new(app.Urls.Single());

    public async Task InitializeAsync()
    {
        app = await Build(await (await Cluster.Shared).FromTemplate("simulated-app", Load));
        await app.StartAsync();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    /// <summary>Plays on a unit of the demo; the answer is in the summary and in the receipts.</summary>
    internal static async Task<(Summary Summary, IReadOnlyList<Receipt> Receipts)> Play(
        Uri address,
        Part part,
        Action<string>? said = null,
        CancellationToken stop = default
    )
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var wire = new Wire(address, Key, TimeSpan.FromSeconds(60), part.AtOnce + 1);
            using var receipts = new Receipts(file);
            using var play = new Play(part, wire, receipts, TimeProvider.System, said ?? (_ => { }));
            var summary = await play.Run(stop);
            receipts.Dispose();
            return (summary, [.. File.ReadLines(file).Select(Receipt.Read)]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    internal Task<long> Head() => app.Services.GetRequiredService<LogReader>().Head(DemoFacility.Id, default);

    internal async Task<List<StoredEvent>> After(long position)
    {
        var events = new List<StoredEvent>();
        for (var from = position; ; from = events[^1].Position)
        {
            var before = events.Count;
            await foreach (var logged in app.Services.GetRequiredService<LogReader>().After(DemoFacility.Id, from, 1000, default))
            {
                events.Add(logged);
            }

            if (events.Count == before)
            {
                return events;
            }
        }
    }

    internal async Task<UnitHandoff> Handoff(string unit) =>
        (await app.Services.GetRequiredService<HandoffReader>().ForUnit(DemoFacility.Id, unit, default))!;

    internal Task<IReadOnlyList<ResponsibilityPeriod>> Stints(Guid stay) =>
        app.Services.GetRequiredService<HandoffReader>().Stints(DemoFacility.Id, stay, default);

    internal Task<Verification> Verify() =>
        new Verify(app.Services.GetRequiredService<NpgsqlDataSource>(), EventTypeRegistry.Domain).Run(DemoFacility.Id, default);

    internal static async Task Load(string database)
    {
        await using var demo = await Build(database);
        await FirstStart.LoadDemo(demo, default);
    }

    internal static async Task<WebApplication> Build(string database, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "Handoff.Api",
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = "Production",
            }
        );
        builder.Configuration.AddInMemoryCollection([new("Demo:ApiKey", Key)]);
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return await HandoffApp.Build(builder, database, default);
    }
}
