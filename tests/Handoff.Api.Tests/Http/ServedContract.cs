using System.Text.Json;
using System.Text.Json.Nodes;
using Handoff.Api.Access;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Http;

/// <summary>The contract as it is served, and who may call what it describes.</summary>
public sealed class ServedContract(JsonElement document)
{
    private static volatile ServedContract? served;

    public JsonElement Document { get; } = document;

    /// <summary>Every application serves the same, so it is read once.</summary>
    public static async Task<ServedContract> Of(App app)
    {
        using var machine = app.Machine();
        return served ??= new((await machine.Get("/openapi/v1.json")).ShouldBeOk().Json);
    }

    public IEnumerable<(string Path, string Method, JsonElement Operation)> Operations =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);

    public IEnumerable<JsonProperty> Schemas => Document.GetProperty("components").GetProperty("schemas").EnumerateObject();

    /// <summary>The operations that are commands, each with its type.</summary>
    public IEnumerable<(string Path, JsonElement Operation, Type Command)> Commands =>
        from operation in Operations
        let command = EventTypeRegistry.Domain.Commands.FirstOrDefault(c => "/api/" + CommandRoutes.Route(c) == operation.Path)
        where operation.Method == "post" && command is not null
        select (operation.Path, operation.Operation, command);

    public JsonElement Schema(Type type) => Schemas.Single(schema => schema.Name == type.Name).Value;

    public static HashSet<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];

    public static IEnumerable<string> Properties(JsonElement schema) =>
        schema.TryGetProperty("properties", out var all) ? all.EnumerateObject().Select(one => one.Name) : [];

    /// <summary>The example of what an operation is sent; nothing where it takes no fields.</summary>
    public static JsonObject Sent(JsonElement operation) =>
        operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").TryGetProperty("example", out var sent)
            ? JsonNode.Parse(sent.GetRawText())!.AsObject()
            : [];

    public static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var text) ? text.GetString() : null;

    /// <summary>Somebody who may send a command.</summary>
    public static Task<HttpClient> Permitted(App app, Type command) =>
        app.As(Enum.GetValues<Role>().First(role => CommandRoutes.Sample(command).Permission.Usual.Contains(role)));
}
