using System.Reflection;
using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Contract;

/// <summary>Many commands in one request: a device that was without a line, an import, a script.</summary>
public static class BatchEndpoints
{
    /// <summary>More than this is several requests.</summary>
    public const int Most = 100;

    public static void MapBatch(this IEndpointRouteBuilder routes, EventTypeRegistry names)
    {
        var commands = names.Commands.Where(command => command.GetCustomAttribute<InternalAttribute>() is null).ToList();
        var every = commands
            .Select(command => CommandRoutes.Sample(command).Permission)
            .Distinct()
            .OrderBy(may => may.Name, StringComparer.Ordinal)
            .ToList();
        routes
            .MapPost("/api/commands", Take)
            .WithTags("Commands")
            .WithName("SendCommands")
            .RequirePermission(every[0], [.. every.Skip(1)])
            .Accepts<Batch>("application/json")
            .Produces<BatchAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>
    /// Do several commands, one after the other, each as if it had come alone. Each is answered for itself: one that is refused takes
    /// nothing back that was done before it, and what comes after it is done all the same unless the request says otherwise. Sent again,
    /// the whole gets its first answers and records nothing.
    /// </summary>
    private static async Task<IResult> Take(HttpContext context, Caller caller, Log log, CancellationToken cancel)
    {
        var (batch, problem) = await JsonBody.Read<BatchAsSent>(context.Request, cancel);
        return problem ?? Wrong(batch!)?.Problem() ?? Results.Ok(await Do(batch!, caller, log, cancel));
    }

    private static Refusal? Wrong(BatchAsSent batch) =>
        batch.Commands switch
        {
            null => RequiredFields.Missing("commands"),
            { Count: > Most } => Refusal.Invalid("commands-too-many", $"Send at most {Most} commands at once.", "commands"),
            _ => null,
        };

    private static async Task<BatchAnswer> Do(BatchAsSent batch, Caller caller, Log log, CancellationToken cancel)
    {
        var answers = new List<BatchItemAnswer>();
        foreach (var (index, one) in batch.Commands!.Index())
        {
            cancel.ThrowIfCancellationRequested();
            answers.Add(
                batch.StopsAtRefusal && answers.Exists(answer => answer.Problem is not null)
                    ? new(
                        index,
                        BatchItemReader.Request(one),
                        424,
                        null,
                        new("not-tried", "An earlier command of this request was refused.", null)
                    )
                    : await Do(index, one, caller, log)
            );
        }

        return new(answers);
    }

    private static async Task<BatchItemAnswer> Do(int index, JsonElement one, Caller caller, Log log)
    {
        var request = BatchItemReader.Request(one);
        var (sent, refusal) = BatchItemReader.Read(one, caller);
        if (refusal is null)
        {
            var answer = await log.Send(caller.Facility, sent!);
            refusal = answer.Refusal;
            if (refusal is null)
            {
                return new(index, request, 200, new(answer.Stream, answer.Version, answer.Position, answer.Events ?? []), null);
            }
        }

        return new(index, request, refusal.Status(), null, new(refusal.Code, refusal.Says, refusal.Field));
    }
}
