using Handoff.Api.Store;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Handoff.Api;

internal static class Health
{
    /// <summary>Live: the process answers. Ready: the log can be reached and everything in it can be read.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        routes
            .MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = Write })
            .AllowAnonymous();
    }

    private static Task Write(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new { status = report.Status.ToString(), checks = report.Entries.ToDictionary(e => e.Key, e => e.Value.Description) }
        );
}

internal sealed class LogHealth(EventStore store, LogReader reader) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = store.Source.CreateCommand("select 1 from handoff.heads limit 1");
            command.CommandTimeout = 5;
            await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The database can't be reached.");
        }

        return reader.Unreadable.IsEmpty
            ? HealthCheckResult.Healthy("The log can be read and written.")
            : HealthCheckResult.Degraded(
                $"{reader.Unreadable.Count} events can't be read by this version, the first at position {reader.Unreadable.Keys.Min()}."
            );
    }
}
