using System.Text.Json;
using System.Text.Json.Serialization;
using Handoff.Domain.Kernel;

namespace Handoff.Api;

/// <summary>Reads a command from a request's JSON, or says what is wrong with it without quoting it.</summary>
internal static class CommandBody
{
    /// <summary>A command is a few fields; a note is the longest of them.</summary>
    private const int MostBytes = 1_000_000;

    private static readonly JsonSerializerOptions Json = new(Names.Json) { Converters = { new InstantWithOffset() } };

    /// <summary>No body at all is a command without fields.</summary>
    public static async Task<(T? Command, IResult? Problem)> Read<T>(HttpRequest request, CancellationToken cancel)
        where T : class, ICommand
    {
        if (await RequestBytes.Read(request.Body, MostBytes, cancel) is not { } bytes)
        {
            return (null, Answers.Problem(StatusCodes.Status413PayloadTooLarge, "too-large", "That is more than this takes at once. Send less."));
        }

        try
        {
            var command = JsonSerializer.Deserialize<T>(bytes is [] ? "{}"u8 : bytes, Json);
            return command is null ? (null, Malformed(null)) : (command, null);
        }
        catch (JsonException malformed)
        {
            return (null, Malformed(Field<T>(malformed.Path)));
        }
    }

    private static IResult Malformed(string? field) => Answers.Problem(
        StatusCodes.Status400BadRequest,
        "json-invalid",
        field is null ? "The body is not the JSON object that this command takes." : $"The field {field} does not have the form that this command takes.",
        field);

    // Only a field of the command is named: what the sender calls other fields may be anything.
    private static string? Field<T>(string? path) => typeof(T).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))
        .FirstOrDefault(name => path?.Split('.', '[') is [_, var first, ..] && first.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A time without an offset would be read as the server's own, which is anybody's guess.</summary>
    private sealed class InstantWithOffset : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.GetString() is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _] && reader.TryGetDateTimeOffset(out var instant)
                ? instant
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
