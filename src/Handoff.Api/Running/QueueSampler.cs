using Handoff.Api.Store;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Wolverine.Runtime;

namespace Handoff.Api.Running;

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
