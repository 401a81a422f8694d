using System.Text.Json;
using System.Text.Json.Serialization;
using Handoff.Domain.Kernel;
using Marten.Schema;

namespace Handoff.Api.Store;

/// <summary>The JSON of a <see cref="Snapshot"/>: its kind says of what type the state in it is.</summary>
internal sealed class SnapshotJson(EventTypeRegistry names) : JsonConverter<Snapshot>
{
    /// <summary>All of it but the position, which the database adds: it is drawn while the events are written.</summary>
    /// <returns>A JSON object from after its first property on.</returns>
    public static byte[] AfterPosition(Snapshot snapshot)
    {
        var json = new System.Buffers.ArrayBufferWriter<byte>(2_048);
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            WriteRest(writer, snapshot);
            writer.WriteEndObject();
        }

        var written = json.WrittenSpan.ToArray();
        written[0] = (byte)',';
        return written;
    }

    public override void Write(Utf8JsonWriter writer, Snapshot value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("position"u8, value.Position);
        WriteRest(writer, value);
        writer.WriteEndObject();
    }

    public override Snapshot Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // jsonb keeps an object's properties by the length of their names: the id comes before the state.
        var read = new Snapshot();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            read = name switch
            {
                "id" => read with { Id = reader.GetString()! },
                "kind" => read with { Kind = reader.GetString()! },
                "version" => read with { Version = reader.GetInt64() },
                "position" => read with { Position = reader.GetInt64() },
                "recordedAt" => read with { RecordedAt = reader.GetDateTimeOffset() },
                "unit" => read with { Unit = reader.GetString() },
                "stay" => read with { Stay = reader.GetGuid() },
                "due" => read with { Due = reader.GetDateTimeOffset(), IsTimed = true },
                "mrn" => read with { Mrn = reader.GetString() },
                "held" => read with { IsHeld = reader.GetBoolean() },
                "day" => read with
                {
                    Day = DateOnly.ParseExact(reader.GetString()!, "O", System.Globalization.CultureInfo.InvariantCulture),
                },
                "state" => read with { State = State(ref reader, read.Id) },
                _ => Skipped(ref reader, read),
            };
        }

        return read;
    }

    private static void WriteRest(Utf8JsonWriter writer, Snapshot value)
    {
        writer.WriteString("id"u8, value.Id);
        writer.WriteString("kind"u8, value.Kind);
        writer.WriteNumber("version"u8, value.Version);
        writer.WriteString("recordedAt"u8, value.RecordedAt);
        Text("unit"u8, value.Unit);
        Text("mrn"u8, value.Mrn);
        Text("day"u8, value.Day?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        if (value.Stay is { } stay)
        {
            writer.WriteString("stay"u8, stay);
        }

        if (value.Due is { } due)
        {
            writer.WriteString("due"u8, due);
        }

        if (value.IsHeld)
        {
            writer.WriteBoolean("held"u8, true);
        }

        writer.WritePropertyName("state"u8);
        writer.WriteRawValue(EventTypeRegistry.Encode(value.State!), skipInputValidation: true);

        void Text(ReadOnlySpan<byte> name, string? text)
        {
            if (text is not null)
            {
                writer.WriteString(name, text);
            }
        }
    }

    private State? State(ref Utf8JsonReader reader, string stream)
    {
        var before = reader;
        try
        {
            return names.ReadState(stream, ref reader);
        }
        catch (Exception unfit) when (unfit is JsonException or NotSupportedException or KeyNotFoundException)
        {
            reader = before;
            reader.Skip();
            return null;
        }
    }

    private static Snapshot Skipped(ref Utf8JsonReader reader, Snapshot read)
    {
        reader.Skip();
        return read;
    }
}
