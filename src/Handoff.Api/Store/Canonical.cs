using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Handoff.Api.Store;

/// <summary>
/// One way to write an event's content, whatever the database does to JSON: jsonb reorders keys and rewrites numbers and escapes,
/// so what is hashed is written by us, from what was sent and again from what comes back. It depends on no JSON writer's habits:
/// texts are their length and their UTF-8, numbers their digits and exponent, keys are in order of length, then of their characters.
/// </summary>
internal static class Canonical
{
    // In bytes: after a longer event the thread's buffer is not kept.
    private const int MostSpared = 65_536;

    private static readonly SearchValues<byte> PlainInNames = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Where(c => c != '\\').Select(c => (byte)c),
    ]);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? spare;

    /// <summary>SHA-256 over the event's identity, data and envelope. The chain's own hash in the headers is not part of it.</summary>
    public static byte[] Content(
        Guid id,
        string stream,
        long version,
        string type,
        ReadOnlyMemory<byte> data,
        ReadOnlyMemory<byte> headers,
        string? user,
        string? correlation,
        string? causation
    )
    {
        var buffer = spare is { Capacity: <= MostSpared } used ? used : spare = new(2_048);
        buffer.ResetWrittenCount();
        Text(buffer, id.ToString("D"));
        Text(buffer, stream);
        Text(buffer, version.ToString(CultureInfo.InvariantCulture));
        Text(buffer, type);
        Json(buffer, data, except: null);
        Json(buffer, headers, except: "hash");
        Text(buffer, user ?? "");
        Text(buffer, correlation ?? "");
        Text(buffer, causation ?? "");
        return SHA256.HashData(buffer.WrittenSpan);
    }

    /// <summary>The same of an event that was read back.</summary>
    public static byte[] Content(in EventRow row) =>
        Content(
            row.Id,
            row.Stream,
            row.Version,
            row.Type,
            row.Data,
            row.Headers ?? "null"u8.ToArray(),
            row.User,
            row.Correlation,
            row.Causation
        );

    public static byte[] Chain(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> content, DateTimeOffset recorded)
    {
        Span<byte> all = stackalloc byte[previous.Length + content.Length + 8];
        previous.CopyTo(all);
        content.CopyTo(all[previous.Length..]);
        BinaryPrimitives.WriteInt64BigEndian(all[^8..], (recorded - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return SHA256.HashData(all);
    }

    /// <summary>
    /// Where two JSON texts first mean different things, as a path of property names; null if they mean the same. What is no JSON differs
    /// as a whole.
    /// </summary>
    public static string? Difference(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other)
    {
        try
        {
            using var left = JsonDocument.Parse(one);
            using var right = JsonDocument.Parse(other);
            return Difference(left.RootElement, right.RootElement, "");
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static void Json(ArrayBufferWriter<byte> buffer, ReadOnlyMemory<byte> json, string? except)
    {
        using var document = JsonDocument.Parse(json);
        Value(buffer, document.RootElement, except);
    }

    private static void Value(ArrayBufferWriter<byte> buffer, JsonElement value, string? except = null)
    {
        Mark(buffer, Kind(value.ValueKind));
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Object(buffer, value, except);
                break;
            case JsonValueKind.Array:
                Length(buffer, value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                {
                    Value(buffer, item);
                }

                break;
            case JsonValueKind.String:
                Text(buffer, JsonMarshal.GetRawUtf8Value(value)[1..^1], value);
                break;
            case JsonValueKind.Number:
                Text(buffer, Number(value.GetRawText()));
                break;
        }
    }

    private static void Object(ArrayBufferWriter<byte> buffer, JsonElement value, string? except)
    {
        var rented = ArrayPool<JsonProperty>.Shared.Rent(value.GetPropertyCount());
        var count = 0;
        foreach (var property in value.EnumerateObject())
        {
            if (except is null || !property.NameEquals(except))
            {
                rented[count++] = property;
            }
        }

        var properties = rented.AsSpan(0, count);
        properties.Sort(Order);
        Length(buffer, count);
        foreach (var property in properties)
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (IsPlain(name))
            {
                Text(buffer, name);
            }
            else
            {
                Text(buffer, property.Name);
            }

            Value(buffer, property.Value);
        }

        ArrayPool<JsonProperty>.Shared.Return(rented, clearArray: true);
    }

    // Nearly the order in which jsonb keeps its keys: what comes back is sorted in one pass.
    private static int Order(JsonProperty one, JsonProperty other)
    {
        var left = JsonMarshal.GetRawUtf8PropertyName(one);
        var right = JsonMarshal.GetRawUtf8PropertyName(other);
        return IsPlain(left) && IsPlain(right)
            ? left.Length != right.Length
                ? left.Length.CompareTo(right.Length)
                : left.SequenceCompareTo(right)
            : Order(one.Name, other.Name);
    }

    private static int Order(string one, string other) =>
        one.Length != other.Length ? one.Length.CompareTo(other.Length) : string.CompareOrdinal(one, other);

    // Of a name that is written without escapes, in ASCII, the bytes stand for the characters.
    private static bool IsPlain(ReadOnlySpan<byte> name) => !name.ContainsAnyExcept(PlainInNames);

    // 1e2, 100 and 100.0 are one number; jsonb keeps some of these spellings and not others.
    private static string Number(string written)
    {
        var e = written.AsSpan().IndexOfAny('e', 'E');
        var mantissa = e < 0 ? written : written[..e];
        var exponent = e < 0 ? 0 : int.Parse(written.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('-').TrimStart('0');
        var kept = digits.TrimEnd('0');
        exponent += digits.Length - kept.Length - (point < 0 ? 0 : mantissa.Length - point - 1);
        return kept.Length == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{(written[0] == '-' ? "-" : "")}{kept}e{exponent}");
    }

    private static byte Kind(JsonValueKind kind) =>
        kind switch
        {
            JsonValueKind.Object => (byte)'{',
            JsonValueKind.Array => (byte)'[',
            JsonValueKind.String => (byte)'"',
            JsonValueKind.Number => (byte)'#',
            JsonValueKind.True => (byte)'t',
            JsonValueKind.False => (byte)'f',
            _ => (byte)'n',
        };

    private static void Mark(ArrayBufferWriter<byte> buffer, byte mark)
    {
        buffer.GetSpan(1)[0] = mark;
        buffer.Advance(1);
    }

    private static void Length(ArrayBufferWriter<byte> buffer, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(4), length);
        buffer.Advance(4);
    }

    private static void Text(ArrayBufferWriter<byte> buffer, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Length(buffer, length);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }

    private static void Text(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> text)
    {
        Length(buffer, text.Length);
        buffer.Write(text);
    }

    // Written without escapes, a text already is its UTF-8.
    private static void Text(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> raw, JsonElement value)
    {
        if (raw.Contains((byte)'\\'))
        {
            Text(buffer, value.GetString()!);
        }
        else
        {
            Text(buffer, raw);
        }
    }

    private static string? Difference(JsonElement one, JsonElement other, string path)
    {
        if (one.ValueKind != other.ValueKind)
        {
            return path;
        }

        return one.ValueKind switch
        {
            JsonValueKind.Object => OfObjects(one, other, path),
            JsonValueKind.Array when one.GetArrayLength() != other.GetArrayLength() => path + "[]",
            JsonValueKind.Array => one.EnumerateArray()
                .Zip(other.EnumerateArray())
                .Select((p, i) => Difference(p.First, p.Second, $"{path}[{i}]"))
                .FirstOrDefault(d => d is not null),
            JsonValueKind.String when one.GetString() != other.GetString() => path,
            JsonValueKind.Number when Number(one.GetRawText()) != Number(other.GetRawText()) => path,
            _ => null,
        };
    }

    private static string? OfObjects(JsonElement one, JsonElement other, string path)
    {
        var right = other.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        foreach (
            var (name, value) in one.EnumerateObject().OrderBy(p => p.Name, Comparer<string>.Create(Order)).Select(p => (p.Name, p.Value))
        )
        {
            var at = $"{path}.{Shown(name)}";
            if ((right.Remove(name, out var there) ? Difference(value, there, at) : at) is { } difference)
            {
                return difference;
            }
        }

        return right.Count > 0 ? $"{path}.{Shown(right.Keys.First())}" : null;
    }

    // A key of a dictionary may be anything, a name too; a property's name is ours.
    private static string Shown(string name) =>
        name.Length is > 0 and < 40 && name.All(char.IsAsciiLetterOrDigit) && char.IsAsciiLetterLower(name[0]) ? name : "*";
}
