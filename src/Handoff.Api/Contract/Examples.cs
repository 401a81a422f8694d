using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Handoff.Domain.Access;

namespace Handoff.Api.Contract;

/// <summary>An example of each shape, made from its type. The same type has the same example each time.</summary>
internal static class Examples
{
    /// <summary>Deeper than this an example says no more than what a shape can't be without.</summary>
    private const int Deepest = 6;

    private const string Id = "01934c5e-0000-7000-8000-000000000001";

    private static readonly Dictionary<Type, Func<JsonNode>> Plain = new()
    {
        [typeof(bool)] = () => false,
        [typeof(int)] = () => 15,
        [typeof(long)] = () => 7L,
        [typeof(double)] = () => 0.5,
        [typeof(decimal)] = () => 0.5m,
        [typeof(Guid)] = () => Id,
        [typeof(DateTimeOffset)] = () => "2026-11-21T14:32:08-06:00",
        [typeof(DateOnly)] = () => "2026-11-21",
        [typeof(TimeOnly)] = () => "07:00:00",
        [typeof(TimeSpan)] = () => "00:15:00",
    };

    // What a text of that name looks like, where it has a form or a usual word.
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["unit"] = "2-west",
        ["name"] = "2 West",
        ["zone"] = "America/Chicago",
        ["place"] = "Hallway",
        ["bed"] = "204-A",
        ["reason"] = "Asked for by the team",
        ["remark"] = "Calm, reading",
        ["shift"] = "2-west.2026-11-21.night",
        ["meeting"] = "2-west.2026-11-21",
        ["id"] = Id,
        ["person"] = Id,
        ["mrn"] = "4471902",
        ["family"] = "Chen",
        ["given"] = "Luis",
        ["preferred"] = "Lou",
        ["sex"] = "M",
        ["language"] = "en",
        ["credential"] = "RN",
        ["stream"] = "rounding-" + Id,
        ["type"] = "safety_checked",
        ["link"] = "/stays/" + Id,
        ["code"] = "field-missing",
        ["says"] = "Say where you saw the patient.",
        ["cause"] = "place-unknown",
        ["account"] = "nurse",
        ["password"] = "a long pass phrase",
    };

    // What stands in an address under that name; what is not here is an id.
    private static readonly Dictionary<string, string> InAddresses = new()
    {
        ["unit"] = "2-west",
        ["shift"] = "2-west.2026-11-21.night",
        ["meeting"] = "2-west.2026-11-21",
        ["at"] = "2026-11-21T14:32:08Z",
        ["window"] = "Shift",
        ["day"] = "2026-11-21",
        ["after"] = "1200",
        ["before"] = "1200",
        ["upTo"] = "1200",
        ["watermark"] = "1200",
        ["limit"] = "100",
        ["most"] = "50",
        ["wait"] = "10",
        ["all"] = "true",
        ["down"] = "1200",
        ["kind"] = "rounding",
        ["severity"] = "notable",
        ["q"] = "leave",
        ["Idempotency-Key"] = "check 1 of tablet 7",
        ["If-Match"] = "\"7\"",
    };

    /// <summary>An example of a parameter of an address.</summary>
    public static JsonNode OfParameter(string name) => InAddresses.GetValueOrDefault(name, Id);

    /// <summary>An example of a type as JSON; null for one that holds nothing.</summary>
    /// <param name="name">The property that it stands for, in small letters at the start.</param>
    public static JsonNode? ExampleOf(Type type, string name = "") => ExampleOf(type, name, []);

    private static JsonNode? ExampleOf(Type type, string name, IReadOnlyList<Type> within)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) ? Texts.GetValueOrDefault(name, "A few words")
            : Plain.TryGetValue(plain, out var made) ? made()
            : plain.IsEnum ? Enum.GetNames(plain)[0]
            : plain == typeof(Permission) ? Permission.ReadBoard.Name
            : plain.IsAssignableTo(typeof(JsonNode)) || plain == typeof(JsonElement) || plain == typeof(object) ? new JsonObject()
            : Shapes.Json.GetTypeInfo(plain) switch
            {
                { Kind: JsonTypeInfoKind.Enumerable } list => List(list.ElementType!, name, within),
                { Kind: JsonTypeInfoKind.Dictionary } map => new JsonObject
                {
                    [ExampleOf(map.KeyType!, "id", within)!.ToString()] = ExampleOf(map.ElementType!, name, within),
                },
                { Kind: JsonTypeInfoKind.Object } shape => Shape(shape, within),
                _ => null,
            };
    }

    // “beds” is a list of what “bed” is called.
    private static JsonArray List(Type element, string name, IReadOnlyList<Type> within) =>
        within.Contains(element) || within.Count >= Deepest ? [] : [ExampleOf(element, name.EndsWith('s') ? name[..^1] : name, within)];

    private static JsonObject? Shape(JsonTypeInfo shape, IReadOnlyList<Type> within)
    {
        if (within.Contains(shape.Type))
        {
            return null;
        }

        var json = new JsonObject();
        foreach (var property in shape.Properties.Where(Shapes.IsShown))
        {
            json[property.Name] = ExampleOf(property.PropertyType, property.Name, [.. within, shape.Type]);
        }

        return json;
    }
}
