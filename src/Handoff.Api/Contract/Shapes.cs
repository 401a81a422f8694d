using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.OpenApi;

namespace Handoff.Api.Contract;

/// <summary>The types behind the contract's shapes: which one has which name, and which of them requests are made of.</summary>
internal sealed class Shapes
{
    /// <summary>The JSON of everything here, with what is known of its types.</summary>
    public static readonly JsonSerializerOptions Json = new(EventTypeRegistry.Json)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private readonly ConcurrentDictionary<string, Type> named = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, bool> requested = new();
    private readonly ConcurrentDictionary<Type, bool> whole = new();

    /// <summary>For each schema that is made: under which name it will stand.</summary>
    public void Note(JsonTypeInfo shape)
    {
        var of = Nullable.GetUnderlyingType(shape.Type) ?? shape.Type;
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(Json.GetTypeInfo(of)) is { } name)
        {
            named[name] = of;
        }
    }

    /// <summary>A type that a request is, with the parts that it is made of.</summary>
    public void NoteRequest(Type from)
    {
        whole.TryAdd(from, true);
        var waiting = new Queue<Type>([from]);
        while (waiting.TryDequeue(out var type))
        {
            if (requested.TryAdd(type, true))
            {
                PropertiesOf(type).Values.SelectMany(property => Parts(property.PropertyType)).ToList().ForEach(waiting.Enqueue);
            }
        }
    }

    /// <summary>The type that has the name; null for one of the framework's own.</summary>
    public Type? TypeOf(string name) => named.GetValueOrDefault(name);

    /// <summary>
    /// Whether a property is always there: in a request what it can't be without, in an answer everything, since what is not known is
    /// written as null.
    /// </summary>
    public bool IsRequired(JsonPropertyInfo property) =>
        whole.ContainsKey(property.DeclaringType)
            ? IsNeeded(property)
            : !requested.ContainsKey(property.DeclaringType) || RequiredFields.IsNeeded(property);

    /// <summary>Whether it is a field that a request can't be without: then null is no answer either.</summary>
    public bool IsNeeded(JsonPropertyInfo property) =>
        whole.ContainsKey(property.DeclaringType)
        && RequiredFields
            .ForRequest(property.DeclaringType)
            .Any(needed => needed.Name == (property.AttributeProvider as PropertyInfo)?.Name);

    /// <summary>The properties of a type as they stand in JSON, by their names there.</summary>
    public static IReadOnlyDictionary<string, JsonPropertyInfo> PropertiesOf(Type type) =>
        Json.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } shape
            ? shape.Properties.Where(IsShown).ToDictionary(property => property.Name)
            : new Dictionary<string, JsonPropertyInfo>();

    /// <summary>A command's permission is no field of it.</summary>
    public static bool IsShown(JsonPropertyInfo property) =>
        (property.Get is not null || property.Set is not null)
        && (!property.DeclaringType.IsAssignableTo(typeof(ICommand)) || property.AttributeProvider is PropertyInfo { CanWrite: true });

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsArray ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
        : type.Namespace?.StartsWith("Handoff", StringComparison.Ordinal) == true && !type.IsEnum && type != typeof(Permission) ? [type]
        : [];
}
