using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Handoff.Api.Boards;
using Handoff.Api.Live;
using Handoff.Domain.Boards;

namespace Handoff.Api.Contract;

/// <summary>
/// What is said over the hub, made from the hub itself: what a client can call, what it is sent, and the shapes of both. At
/// <c>/openapi/hub.json</c>; it holds no patient's data.
/// </summary>
internal static class HubDocument
{
    /// <summary>What is sent to those who watch, and the shapes that it may have: for machines the names stand as they are sent.</summary>
    public static readonly IReadOnlyList<HubMessage> Messages =
    [
        new(
            "CardChanged",
            "A patient’s card on a watched board has changed. Who may not see names gets it as it may hang in a hallway.",
            [typeof(BoardCard), typeof(WallCard)]
        ),
        new("CardShown", null, [typeof(PageCard)]),
        new("IncidentsChanged", "What goes on at a unit: an incident was opened, went on, or is over.", [typeof(IncidentsChanged)]),
        new("MeetingChanged", null, [typeof(MeetingChanged)]),
        new("ShiftChanged", null, [typeof(ShiftChanged)]),
        new("TasksChanged", null, [typeof(TasksChanged)]),
    ];

    private static readonly Lazy<string> Whole = new(() => Written().ToJsonString());

    public static void MapHubDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/openapi/hub.json", () => Results.Text(Whole.Value, "application/json")).ExcludeFromDescription().AllowAnonymous();

    public static JsonObject Written() =>
        new()
        {
            ["hub"] = BoardHub.Path,
            ["description"] =
                "SignalR with its JSON protocol. Who connects sends `X-Api-Key`, a bearer token or the cookie of a signed-in browser. "
                + Docstrings.DocstringOf(typeof(BoardHub)),
            ["methods"] = new JsonArray([.. Methods().Select(Method)]),
            ["messages"] = new JsonArray([.. Messages.Select(Message)]),
        };

    /// <summary>What a client can call.</summary>
    public static IEnumerable<MethodInfo> Methods() =>
        typeof(BoardHub)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition() == method)
            .OrderBy(method => method.Name, StringComparer.Ordinal);

    private static JsonNode Method(MethodInfo method) =>
        new JsonObject
        {
            ["name"] = method.Name,
            ["description"] = Docstrings.DocstringOf(method),
            ["refusals"] = Docstrings.DocstringOf(method, "exception"),
            ["parameters"] = new JsonArray([
                .. method
                    .GetParameters()
                    .Select(parameter => new JsonObject
                    {
                        ["name"] = parameter.Name,
                        ["description"] = Docstrings.DocstringOf(method, parameter.Name!, "param") ?? Glossary.OfParameter(parameter.Name!),
                        ["schema"] = Schema(parameter.ParameterType),
                    }),
            ]),
            ["returns"] = Schemas(Returned(method)),
        };

    private static JsonNode Message(HubMessage message) =>
        new JsonObject
        {
            ["name"] = message.Name,
            ["description"] = message.Says ?? Docstrings.DocstringOf(message.Shapes[0]),
            ["schema"] = Schemas(message.Shapes),
        };

    // The board is an object to the hub, for it is one of two.
    private static IReadOnlyList<Type> Returned(MethodInfo method) =>
        method.ReturnType is { IsGenericType: true } task
            ? task.GetGenericArguments()[0] is var one && one == typeof(object)
                ? [typeof(Board), typeof(Wall)]
                : [one]
            : [];

    private static JsonNode? Schemas(IReadOnlyList<Type> shapes) =>
        shapes switch
        {
            [] => null,
            [var one] => Schema(one),
            _ => new JsonObject { ["oneOf"] = new JsonArray([.. shapes.Select(Schema)]) },
        };

    private static JsonNode Schema(Type type) =>
        Shapes.Json.GetJsonSchemaAsNode(type, new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Described });

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode schema)
    {
        var says = context.PropertyInfo is { } property ? DescribedShapes.Says(property) : Docstrings.DocstringOf(context.TypeInfo.Type);
        if (schema is JsonObject shape && says is not null)
        {
            shape.Insert(0, "description", says);
        }

        return schema;
    }
}

/// <param name="Says">What it tells; null where the docstring of its shape does.</param>
/// <param name="Shapes">The shapes that it may have.</param>
internal sealed record HubMessage(string Name, string? Says, IReadOnlyList<Type> Shapes);
