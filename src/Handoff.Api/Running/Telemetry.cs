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
    public static Telemetry FromConfiguration(IConfiguration configuration) =>
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
