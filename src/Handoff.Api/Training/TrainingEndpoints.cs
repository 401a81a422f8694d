using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Simulator.Demo;

namespace Handoff.Api.Training;

/// <summary>Where the training clock is to go.</summary>
public sealed record MoveClock(DateTimeOffset? To);

/// <summary>Where the training clock stands.</summary>
/// <param name="Words">The same on the facility's clock, as pages say it.</param>
public sealed record ClockStands(DateTimeOffset Now, string Words);

/// <summary>The clock of a service that was started for training; on any other it is refused.</summary>
internal static class TrainingEndpoints
{
    public const string Path = "/api/training/clock";

    private static readonly Refusal Off = new(
        "training-off",
        "This service runs on the real time. A clock can be moved only where it was started with --demo --training-clock.",
        null,
        RefusalKind.Conflict
    );

    public static void MapTraining(this IEndpointRouteBuilder routes)
    {
        // It holds nothing of anybody, and every page asks for it, also the one on which people sign in.
        routes
            .MapGet(
                Path,
                (IServiceProvider services) =>
                    services.GetService<TrainingClock>() is { } clock
                        ? Results.Ok(new ClockStands(clock.GetUtcNow(), clock.Words()))
                        : Off.Problem()
            )
            .AllowAnonymous()
            .IsAskedByPages()
            .WithTags("Training")
            .Produces<ClockStands>()
            .ProducesProblem(409)
            .WithSummary("Where the clock of a training stands.");
        routes
            .MapPost(Path, Move)
            .RequirePermission(Permission.MoveTrainingClock)
            .WithTags("Training")
            .Accepts<MoveClock>("application/json")
            .Produces<ClockMoved>()
            .ProducesProblem(400)
            .ProducesProblem(403)
            .ProducesProblem(409)
            .WithSummary(
                "Move the clock of a training forward. Everything that falls due on the way happens in order; the answer comes when it has."
            );
    }

    private static async Task<IResult> Move(HttpContext context, Caller caller, IServiceProvider services)
    {
        var (asked, problem) = await JsonBody.Read<MoveClock>(context.Request, context.RequestAborted);
        if (problem is not null)
        {
            return problem;
        }

        var cant =
            services.GetService<TrainingClock>() is null ? Off
            : caller.Facility != DemoFacility.Id
                ? Refusal.NotPermitted("training-elsewhere", "The clock is the demo facility's. Yours can't be moved.")
            : asked!.To is null ? Refusal.Missing("to", "Say to what time the clock is to go, such as 2026-10-31T03:00:00-05:00.")
            : null;
        if (cant is not null)
        {
            return cant.Problem();
        }

        var (moved, refusal) = await services.GetRequiredService<Trainer>().Move(asked!.To!.Value);
        return refusal?.Problem() ?? Results.Ok(moved);
    }
}
