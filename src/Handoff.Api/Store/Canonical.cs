using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Handoff.Api.Store;

/// <summary>
/// One way to write an event's content, whatever the database does to JSON: jsonb reorders keys and rewrites numbers and escapes,
/// so what is hashed is written by us, from what was sent and again from what comes back.
/// </summary>
internal static class Canonical
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>SHA-256 over the event's identity, data and envelope. The chain's own hash in the headers is not part of it.</summary>
    public static byte[] Content(
        Guid id, string stream, long version, string type, string data, string headers, string? user, string? correlation, string? causation)
    {
        var buffer = new ArrayBufferWriter<byte>(2_048);
        Part(buffer, id.ToString("D"));
        Part(buffer, stream);
        Part(buffer, version.ToString(CultureInfo.InvariantCulture));
        Part(buffer, type);
        Json(buffer, data, except: null);
        Json(buffer, headers, except: "hash");
        Part(buffer, user ?? "");
        Part(buffer, correlation ?? "");
        Part(buffer, causation ?? "");
        return SHA256.HashData(buffer.WrittenSpan);
    }

    public static byte[] Chain(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> content, DateTimeOffset recorded)
    {
        Span<byte> all = stackalloc byte[previous.Length + content.Length + 8];
        previous.CopyTo(all);
        content.CopyTo(all[previous.Length..]);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(all[^8..], (recorded - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return SHA256.HashData(all);
    }

    private static void Part(ArrayBufferWriter<byte> buffer, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BitConverter.TryWriteBytes(buffer.GetSpan(4), length);
        buffer.Advance(4);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }

    private static void Json(ArrayBufferWriter<byte> buffer, string json, string? except)
    {
        using var document = JsonDocument.Parse(json);
        using var writer = new Utf8JsonWriter(buffer, Compact);
        Write(writer, document.RootElement, except);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, string? except = null)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().Where(p => p.Name != except).OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(element), skipInputValidation: true);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    // 1e2, 100 and 100.0 are one number; jsonb keeps some of these spellings and not others.
    private static string Number(JsonElement number) => number.TryGetDecimal(out var exact)
        ? (exact / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
        : number.GetDouble().ToString("R", CultureInfo.InvariantCulture);
}
