using System.Text.Json;
using System.Text.Json.Serialization;

namespace Handoff.Api;

/// <summary>A time without an offset would be read as the server's own, which is anybody's guess.</summary>
internal sealed class InstantWithOffset : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && reader.GetString() is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _]
        && reader.TryGetDateTimeOffset(out var instant)
            ? instant
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
