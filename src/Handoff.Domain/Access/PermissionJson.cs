using System.Text.Json;
using System.Text.Json.Serialization;

namespace Handoff.Domain.Access;

/// <summary>A permission is its name: <c>"RecordCheck"</c>.</summary>
internal sealed class PermissionJson : JsonConverter<Permission>
{
    public override Permission Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Named(reader.GetString()!) : throw new JsonException("A permission is a name.");

    public override Permission ReadAsPropertyName(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        Named(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Permission value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, Permission value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Name);

    private static Permission Named(string name) => Permission.Named(name) ?? throw new JsonException($"There is no permission {name}.");
}
