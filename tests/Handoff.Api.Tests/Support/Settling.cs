using Handoff.Api.Store;
using Microsoft.Extensions.DependencyInjection;
using Wolverine.Runtime;

namespace Handoff.Api.Tests.Support;

public static class Settling
{
    /// <summary>
    /// Does what is due in a facility and what follows from what was recorded, and waits for what a running service has taken on already:
    /// a reaction's checkpoint moves when its message is in the queue, before it is done.
    /// </summary>
    public static async Task Settle(this IServiceProvider services, string facility)
    {
        var (reader, duties, queue) = (
            services.GetRequiredService<LogReader>(),
            services.GetRequiredService<DeadlineRunner>(),
            services.GetRequiredService<IWolverineRuntime>().Storage.Admin
        );
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        long before;
        do
        {
            before = await reader.Head(facility, patience.Token);
            await duties.DoNow(facility, patience.Token);
            while ((await queue.FetchCountsAsync()).Incoming > 0)
            {
                await Task.Delay(10, patience.Token);
            }
        } while (await reader.Head(facility, patience.Token) != before);
    }
}
