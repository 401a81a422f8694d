using Handoff.Api.Store;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Wolverine.Runtime;

namespace Handoff.Api.Running;

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
        var telemetry = Telemetry.FromConfiguration(configuration);
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
