using System.Reflection;
using System.Text;
using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api;

/// <summary>Every command of the domain as <c>POST /api/&lt;noun&gt;/&lt;id&gt;/&lt;command&gt;</c>, made from the command itself.</summary>
public static class CommandRoutes
{
    /// <summary>A command is a few fields; a note is the longest of them.</summary>
    private const int MostBytes = 1_000_000;

    private static readonly MethodInfo Mapping = typeof(CommandRoutes).GetMethod(nameof(MapCommand), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static void MapCommands(this IEndpointRouteBuilder routes, Names names)
    {
        var group = routes.MapGroup("/api").WithTags("Commands");
        foreach (var command in names.Commands.Where(c => c.GetCustomAttribute<InternalAttribute>() is null))
        {
            Mapping.MakeGenericMethod(command).Invoke(null, [group]);
        }
    }

    /// <summary><c>rounding/{id}/record-check</c>.</summary>
    public static string Route(Type command) => $"{Noun(command)}/{{id}}/{Kebab(command.Name)}";

    /// <summary>
    /// The request's id: the caller's own key within the caller's own name, so that nobody can take an id that another's request, or a clock, will need.
    /// </summary>
    public static Guid RequestId(HttpContext context, Caller caller) => context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 and <= 200 } key
        ? NamedId.From("request", caller.Staff.Id, key)
        : Guid.CreateVersion7();

    private static void MapCommand<T>(RouteGroupBuilder group)
        where T : class, ICommand
    {
        var sample = JsonSerializer.Deserialize<T>("{}", Names.Json)!;
        group.MapPost("/" + Route(typeof(T)), (string id, HttpContext context, Caller caller, Log log) => Handle<T>(id, context, caller, log))
            .RequirePermission(sample.Permission)
            .WithName(typeof(T).Name)
            .WithMetadata(new RequestSizeLimit(MostBytes))
            .Accepts<T>("application/json")
            .Produces<Written>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Handle<T>(string id, HttpContext context, Caller caller, Log log)
        where T : class, ICommand
    {
        var (command, problem) = await Read<T>(context);
        return problem ?? (await log.Send(caller.Facility, new(
            Keyed(command!, id), caller.Actor, RequestId(context, caller), caller.Source, caller.Origin.Device, caller.Correlation, Expected: Expected(context)))).Result();
    }

    private static async Task<(T?, IResult?)> Read<T>(HttpContext context)
        where T : class
    {
        try
        {
            var command = context.Request.ContentLength == 0
                ? JsonSerializer.Deserialize<T>("{}", Names.Json)
                : await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Names.Json, context.RequestAborted);
            return command is null ? (null, Answers.Problem(400, "json-invalid", "Send a JSON object.")) : (command, null);
        }
        catch (JsonException malformed)
        {
            var field = malformed.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : null;
            return (null, Answers.Problem(400, "json-invalid", field is null ? "The body is not the JSON object that this command takes." : $"The field {field} does not have the form that this command takes.", field));
        }
    }

    private static ICommand Keyed<T>(T command, string id)
        where T : class, ICommand
    {
        typeof(T).GetProperty(nameof(ICommand.Key))!.SetValue(command, id);
        return command;
    }

    private static long? Expected(HttpContext context) =>
        long.TryParse(context.Request.Headers.IfMatch.ToString().Trim('"'), out var version) ? version : null;

    private static string Noun(Type command)
    {
        var state = command.BaseType!.GetGenericArguments()[0];
        return state.GetCustomAttribute<StoredAttribute>()!.Name.Replace('_', '-');
    }

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (var letter in name)
        {
            kebab.Append(char.IsUpper(letter) && kebab.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }

    private sealed record RequestSizeLimit(long? MaxRequestBodySize) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata;
}
