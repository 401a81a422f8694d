using Handoff.Api.Store;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Wolverine.Runtime;

namespace Handoff.Api.Running;

/// <summary>
/// Configuration section <c>Telemetry</c>. <c>Otlp</c> is the address of an OpenTelemetry collector that traces and metrics are sent to;
/// <c>Metrics</c> serves <c>/metrics</c> for Prometheus, to everybody who can reach it. Without either nothing is collected.
/// </summary>
public sealed record Telemetry(Uri? Otlp, bool Metrics)
{
    public bool IsOn => Otlp is not null || Metrics;

    /// <exception cref="InvalidOperationException"><c>Telemetry:Otlp</c> is no address.</exception>
    public static Telemetry Of(IConfiguration configuration) =>
        new(
            configuration["Telemetry:Otlp"] switch
            {
                null or "" => null,
                var text when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" => address,
                _ => throw new InvalidOperationException("Telemetry:Otlp is the address of a collector, such as http://127.0.0.1:4317."),
            },
            configuration.GetValue<bool>("Telemetry:Metrics")
        );
}

internal static class TelemetrySetup
{
    private static readonly string[] Meters =
    [
        Measures.Name,
        "Wolverine:handoff",
        "Marten",
        "Npgsql",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Connections",
        "System.Runtime",
    ];

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = Telemetry.Of(configuration);
        services.AddSingleton(telemetry);
        if (!telemetry.IsOn)
        {
            return;
        }

        services.AddHostedService<QueueSampler>();
        var open = services
            .AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource.AddService("handoff", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString())
            );
        open.WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters);
            if (telemetry.Metrics)
            {
                metrics.AddPrometheusExporter();
            }

            if (telemetry.Otlp is { } collector)
            {
                metrics.AddOtlpExporter(otlp => otlp.Endpoint = collector);
            }
        });
        if (telemetry.Otlp is { } address)
        {
            open.WithTracing(traces =>
                traces
                    .AddSource("Marten", "Wolverine", "Npgsql")
                    .AddAspNetCoreInstrumentation()
                    .AddOtlpExporter(otlp => otlp.Endpoint = address)
            );
        }
    }

    public static void MapMetrics(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Telemetry>().Metrics)
        {
            app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        }
    }
}

/// <summary>Counts what waits in the queues now and then, for the meters; the page counts by itself.</summary>
internal sealed class QueueSampler(IWolverineRuntime wolverine, ILogger<QueueSampler> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var counts = await wolverine.Storage.Admin.FetchCountsAsync();
                Measures.Queues(counts.Incoming, counts.Scheduled, counts.DeadLetter);
            }
            catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
            {
                logger.LogWarning("The queues could not be counted: {Failure}", lost.GetType().Name);
            }

            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
