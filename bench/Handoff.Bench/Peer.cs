using JasperFx;
using JasperFx.CodeGeneration;
using JasperFx.Events.Projections;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine;
using Wolverine.Marten;

namespace Handoff.Bench;

/// <summary>
/// What a plain Wolverine application does with the same check: an aggregate handler, an inline snapshot, Marten's defaults, on a database
/// of its own on the
/// same server and on connections that keep their plans. No decision, no proof, no guards, no index of stays.
/// </summary>
internal sealed class Peer(IHost host, string[] streams) : IAsyncDisposable
{
    // Two writers may meet on a stream: whoever loses sends again, as an application would.
    private const int MostAttempts = 10;

    public static async Task<Peer> Start(string connectionString, int streams)
    {
        var host = Host.CreateDefaultBuilder()
            .ConfigureLogging(logging => logging.ClearProviders())
            .UseWolverine(options =>
            {
                options.Services.AddMarten(marten => Configure(marten, connectionString)).UseLightweightSessions().IntegrateWithWolverine();
                options.Policies.AutoApplyTransactions();
                options.Discovery.DisableConventionalDiscovery().IncludeType(typeof(LookHandler));
                options.CodeGeneration.TypeLoadMode = TypeLoadMode.Dynamic;
                options.Durability.Mode = DurabilityMode.MediatorOnly;
            })
            .Build();
        await host.StartAsync();
        var peer = new Peer(host, [.. Enumerable.Range(1, streams).Select(i => $"looked-{i}")]);
        await peer.Begin();
        return peer;
    }

    public async Task Write(Random random)
    {
        var look = Look.At(streams[random.Next(streams.Length)]);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = host.Services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<IMessageBus>().InvokeAsync(look);
                return;
            }
            catch (Exception conflict) when (conflict is JasperFx.ConcurrencyException && attempt < MostAttempts)
            {
                // Somebody else has written on the stream meanwhile.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static void Configure(StoreOptions marten, string connectionString)
    {
        marten.Connection(
            new NpgsqlConnectionStringBuilder(connectionString)
            {
                MaxAutoPrepare = 100,
                AutoPrepareMinUsages = 2,
                NoResetOnClose = true,
            }.ConnectionString
        );
        marten.DatabaseSchemaName = "peer";
        marten.Events.StreamIdentity = JasperFx.Events.StreamIdentity.AsString;
        marten.UseSystemTextJsonForSerialization();
        marten.Projections.Snapshot<Looked>(SnapshotLifecycle.Inline);
        marten.AutoCreateSchemaObjects = AutoCreate.All;
    }

    private async Task Begin()
    {
        var store = host.Services.GetRequiredService<IDocumentStore>();
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await using var session = store.LightweightSession();
        foreach (var stream in streams)
        {
            session.Events.StartStream<Looked>(stream, Look.At(stream).Done());
        }

        await session.SaveChangesAsync();
    }
}

/// <summary>The command, with what a safety check says.</summary>
public sealed record Look(
    string LookedId,
    DateTimeOffset Seen,
    string Place,
    bool IsAsleep,
    string Activity,
    string Evidence,
    string Remark
)
{
    public static Look At(string stream) =>
        new(stream, DateTimeOffset.UtcNow, "Day room", false, "Talking", "Nfc", "Sat with two others, spoke when spoken to.");

    public SomebodyLooked Done() => new(Seen, Place, IsAsleep, Activity, Evidence, Remark);
}

public sealed record SomebodyLooked(DateTimeOffset Seen, string Place, bool IsAsleep, string Activity, string Evidence, string Remark);

/// <summary>The aggregate: as many sightings as our own state keeps.</summary>
public sealed record Looked(string Id, int Count, IReadOnlyList<SomebodyLooked> Sightings)
{
    public static Looked Create(JasperFx.Events.IEvent<SomebodyLooked> first) => new(first.StreamKey!, 1, [first.Data]);

    public Looked Apply(SomebodyLooked next) => this with { Count = Count + 1, Sightings = [.. Sightings.TakeLast(3), next] };
}

public static class LookHandler
{
    [AggregateHandler]
    public static SomebodyLooked Handle(Look look, Looked looked) =>
        looked.Count > 0 ? look.Done() : throw new InvalidOperationException("Nobody has looked before.");
}
