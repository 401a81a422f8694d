using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>A decision as it is written: its events, and the snapshot that they come to.</summary>
/// <param name="Json">The snapshot's, from after its position on.</param>
internal sealed record Prepared(PreparedEvent[] Events, Snapshot Snapshot, byte[] Json)
{
    // PostgreSQL's jsonb has no place for this character, which JSON spells so.
    private static readonly byte[] Unfit = "\\u0000"u8.ToArray();

    /// <exception cref="EncoderFallbackException">A text holds what can't be kept.</exception>
    public static Prepared FromAppend(Append append, EventTypeRegistry names, DateTimeOffset recorded)
    {
        var snapshot = Snapshot.FromState(append.Stream, append.After, append.Version, 0, recorded);
        var prepared = new Prepared(
            [.. append.Events.Select((e, i) => Event(append, e, i, names))],
            snapshot,
            SnapshotJson.AfterPosition(snapshot)
        );
        return prepared.Json.AsSpan().IndexOf(Unfit) >= 0 || prepared.Events.Any(e => e.IsUnfit)
            ? throw new TextUnfitException()
            : prepared;
    }

    /// <summary>What a request asked for, so that its id used again for something else is noticed.</summary>
    public static string Digest(ICommand command) =>
        Convert.ToHexStringLower(
            SHA256
                .HashData([
                    .. Encoding.UTF8.GetBytes(command.Stream),
                    .. JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), EventTypeRegistry.Json),
                ])
                .AsSpan(0, 8)
        );

    private static PreparedEvent Event(Append append, EventEnvelope recorded, int index, EventTypeRegistry names)
    {
        var command = append.Pending.Sent.Command;
        var headers =
            index == 0
                ? Headers.For(recorded.Envelope, recorded.Event, command.GetType().Name, Digest(command), append.Events.Count)
                : Headers.For(recorded.Envelope, recorded.Event, null, null, null);
        var (json, written) = (EventTypeRegistry.Encode(recorded.Event), headers.Encode());
        var content = Canonical.Content(
            recorded.Id,
            recorded.Stream,
            append.Before.Version + index + 1,
            names.NameOf(recorded.Event),
            json,
            written,
            recorded.By.Name,
            recorded.Envelope.Correlation.ToString("D"),
            recorded.Envelope.Causation?.ToString("D")
        );
        return new(
            recorded,
            append.Before.Version + index + 1,
            names.NameOf(recorded.Event),
            json,
            written,
            content,
            json.AsSpan().IndexOf(Unfit) >= 0 || written.AsSpan().IndexOf(Unfit) >= 0
        );
    }
}

/// <summary>A text holds a character that the database can't keep.</summary>
internal sealed class TextUnfitException : Exception;
