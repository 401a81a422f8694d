using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Simulator.Demo;

namespace Handoff.Api.Training;

internal static class TrainingSetup
{
    /// <summary>
    /// Lets the whole service run on a clock that stands at <paramref name="start"/> until it is moved. Before anything else is registered.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something configured does not go with training; the message says what.</exception>
    public static void UseTrainingClock(this WebApplicationBuilder builder, DateTimeOffset start)
    {
        if (builder.Configuration.GetSection("Webhooks").GetChildren().Any())
        {
            throw new InvalidOperationException("In training nobody is paged: take the section Webhooks out of the configuration.");
        }

        var clock = new TrainingClock(start, UnitTime.In(DemoFacility.ZoneOf(builder.Configuration["Demo:Zone"])));
        builder.Services.AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddSingleton(new SignInClock(TimeProvider.System));
        builder.Configuration["Engine:Alone"] = "true";
    }

    /// <summary>
    /// Whether this database can be trained on: it holds the demo facility or nothing, and nothing that the clock has not come to yet.
    /// </summary>
    /// <exception cref="InvalidOperationException">It can't; the message says why.</exception>
    public static async Task RequireTrainable(this IServiceProvider services, CancellationToken cancel)
    {
        var (reader, clock) = (services.GetRequiredService<LogReader>(), services.GetRequiredService<TrainingClock>());
        if ((await reader.Heads(cancel)).Keys.FirstOrDefault(facility => facility != DemoFacility.Id) is { } other)
        {
            throw new InvalidOperationException(
                $"A training clock is for the demo facility alone, and this database has the facility {other}. Take another "
                    + "--Embedded:Folder, or another database."
            );
        }

        if (await reader.Latest(DemoFacility.Id, cancel) is { } latest && latest > clock.GetUtcNow())
        {
            throw new InvalidOperationException(
                $"The log goes on to {clock.Zone.Local(latest):O}, and a clock never goes back. Give that time or a later one, "
                    + "or take another --Embedded:Folder, or another database."
            );
        }
    }
}
