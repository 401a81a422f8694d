using System.Reflection;
using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api;

/// <summary>
/// Every command of the domain as <c>POST /api/&lt;noun&gt;/&lt;id&gt;/&lt;command&gt;</c>, made from the command itself.
/// </summary>
public static class CommandRoutes
{
    private static readonly MethodInfo Mapping = typeof(CommandRoutes).GetMethod(
        nameof(MapCommand),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    public static void MapCommands(this IEndpointRouteBuilder routes, EventTypeRegistry names)
    {
        var group = routes.MapGroup("/api").WithTags("Commands");
        foreach (var command in names.Commands.Where(c => c.GetCustomAttribute<InternalAttribute>() is null))
        {
            Mapping.MakeGenericMethod(command).Invoke(null, [group]);
        }
    }

    /// <summary><c>rounding/{id}/record-check</c>.</summary>
    public static string Route(Type command) => $"{Noun(command)}/{{id}}/{JsonNamingPolicy.KebabCaseLower.ConvertName(command.Name)}";

    /// <summary>A command that says nothing: what it needs does not depend on what it says.</summary>
    internal static ICommand Sample(Type command) => (ICommand)JsonSerializer.Deserialize("{}", command, EventTypeRegistry.Json)!;

    private static void MapCommand<T>(RouteGroupBuilder group)
        where T : class, ICommand
    {
        group
            .MapPost(
                "/" + Route(typeof(T)),
                (string id, HttpContext context, Caller caller, Log log) => Handle<T>(id, context, caller, log)
            )
            .RequirePermission(Sample(typeof(T)).Permission)
            .WithName(typeof(T).Name)
            .Accepts<T>("application/json")
            .Produces<Written>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .AddOpenApiOperationTransformer(CommandHeaders.Describe);
    }

    private static async Task<IResult> Handle<T>(string id, HttpContext context, Caller caller, Log log)
        where T : class, ICommand
    {
        var (headers, refusal) = CommandHeaders.FromRequest(context.Request, caller);
        var (command, problem) = await JsonBody.Read<T>(context.Request, context.RequestAborted);
        return refusal?.Problem()
            ?? problem
            ?? (
                await log.Send(
                    caller.Facility,
                    new(
                        Keyed(command!, id),
                        caller.Actor,
                        headers!.Request,
                        caller.Source,
                        caller.Origin.Device,
                        caller.Correlation,
                        Expected: headers.Expected
                    )
                )
            ).Result();
    }

    // A UUID has one spelling: another would be another stream.
    internal static ICommand Keyed(ICommand command, string id)
    {
        command
            .GetType()
            .GetProperty(nameof(ICommand.Key))!
            .SetValue(command, Guid.TryParseExact(id, "D", out var uuid) ? uuid.ToString() : id);
        return command;
    }

    private static string Noun(Type command)
    {
        var state = command.BaseType!.GetGenericArguments()[0];
        return state.GetCustomAttribute<StoredAttribute>()!.Name.Replace('_', '-');
    }
}
