using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Handoff.Domain.Kernel;

namespace Handoff.Api;

/// <summary>What takes no fields at all.</summary>
internal sealed record NoFields;

/// <summary>
/// Reads a request's JSON, or says what is wrong with it. A field that nothing here knows is refused by its name: who sent it counts on it.
/// </summary>
internal static class JsonBody
{
    /// <summary>A command is a few fields; a note is the longest of them.</summary>
    private const int MostBytes = 1_000_000;

    private static readonly JsonSerializerOptions Json = new(EventTypeRegistry.Json)
    {
        Converters = { new InstantWithOffset() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OnlyWhatIsRead } },
    };

    /// <summary>No body at all is an object without fields.</summary>
    /// <param name="isNeeded">Whether there must be a body.</param>
    public static async Task<(T? Body, IResult? Problem)> Read<T>(HttpRequest request, CancellationToken cancel, bool isNeeded = false)
        where T : class =>
        await RequestBytes.Read(request.Body, MostBytes, cancel) switch
        {
            null => (
                null,
                Answers.Problem(StatusCodes.Status413PayloadTooLarge, "too-large", "That is more than this takes at once. Send less.")
            ),
            [] when isNeeded => (
                null,
                Answers.Problem(StatusCodes.Status400BadRequest, "request-invalid", "The request is incomplete: it has no body.")
            ),
            var bytes => Read<T>(bytes),
        };

    /// <summary>The same of bytes that were read already.</summary>
    public static (T? Body, IResult? Problem) Read<T>(byte[] bytes)
        where T : class
    {
        var (body, refusal) = ReadOrRefuse(typeof(T), bytes is [] ? "{}"u8.ToArray() : bytes);
        return ((T?)body, refusal?.Problem());
    }

    /// <summary>The same of a type that is known only now, and with the refusal itself.</summary>
    public static (object? Body, Refusal? Refusal) ReadOrRefuse(Type type, byte[] bytes)
    {
        try
        {
            var body = JsonSerializer.Deserialize(bytes, type, Json);
            return body is null ? (null, Malformed(null)) : (body, RequiredFields.Missing(body));
        }
        catch (JsonException malformed)
        {
            return (null, Wrong(bytes, type) ?? Malformed(Field(type, malformed.Path)));
        }
    }

    private static Refusal Malformed(string? field) =>
        new(
            "json-invalid",
            field is null
                ? "The body is not the JSON object that this takes."
                : $"The field {field} does not have the form that this takes.",
            field,
            RefusalKind.Invalid
        );

    // Only a field of the body is named: what the sender calls other fields may be anything.
    private static string? Field(Type type, string? path) =>
        type.GetProperties()
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
            .FirstOrDefault(name => path?.Split('.', '[') is [_, var first, ..] && first.Equals(name, StringComparison.OrdinalIgnoreCase));

    // What the type does not have, or needs and is not there; null if the JSON is wrong in another way.
    private static Refusal? Wrong(byte[] bytes, Type type)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var info = Json.GetTypeInfo(type);
            return Unknown(document.RootElement, info) is { } unknown ? UnknownField.Refusing(unknown, "a field")
                : Lacking(document.RootElement, info) is { } lacking ? RequiredFields.Missing(lacking)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What is computed, or comes from elsewhere as a command's key does from the address, can't be said in a body.
    private static void OnlyWhatIsRead(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i] is { Set: null, AssociatedParameter: null })
            {
                type.Properties.RemoveAt(i);
            }
            else
            {
                type.Properties[i].IsRequired |= RequiredFields.IsNeeded(type.Properties[i]);
            }
        }
    }

    // The first member, at whatever depth, that the type does not have.
    private static string? Unknown(JsonElement element, JsonTypeInfo type) =>
        (element.ValueKind, type.Kind) switch
        {
            (JsonValueKind.Object, JsonTypeInfoKind.Object) => element
                .EnumerateObject()
                .Select(member =>
                    type.Properties.FirstOrDefault(p => p.Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase)) is { } known
                        ? Unknown(member.Value, Json.GetTypeInfo(known.PropertyType))
                        : member.Name
                )
                .FirstOrDefault(name => name is not null),
            (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) => element
                .EnumerateArray()
                .Select(one => Unknown(one, Json.GetTypeInfo(type.ElementType!)))
                .FirstOrDefault(name => name is not null),
            _ => null,
        };

    // The first property, at whatever depth, that the type needs and that is not there.
    private static string? Lacking(JsonElement element, JsonTypeInfo type) =>
        (element.ValueKind, type.Kind) switch
        {
            (JsonValueKind.Object, JsonTypeInfoKind.Object) => type
                .Properties.Select(property =>
                    element.EnumerateObject().FirstOrDefault(m => m.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase))
                        is { Value.ValueKind: not JsonValueKind.Undefined } member
                        ? Lacking(member.Value, Json.GetTypeInfo(property.PropertyType))
                    : property.IsRequired ? property.Name
                    : null
                )
                .FirstOrDefault(name => name is not null),
            (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) => element
                .EnumerateArray()
                .Select(one => Lacking(one, Json.GetTypeInfo(type.ElementType!)))
                .FirstOrDefault(name => name is not null),
            _ => null,
        };
}
