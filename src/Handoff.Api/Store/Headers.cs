using System.Text.Json;
using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>The envelope as it stands in <c>mt_events.headers</c>, besides the columns that the table format has for the rest.</summary>
/// <param name="Command">Which command it came from; <paramref name="Digest"/> is of the command's fields. Both on a request's first
/// event.</param>
/// <param name="Of">How many events the request recorded, on its first event.</param>
/// <param name="Hash">The chain: SHA-256 over the previous event's hash, this event's content, and when it was recorded.</param>
internal sealed record Headers(
    DateTimeOffset OccurredAt,
    string? User,
    Role Role,
    string? Credential,
    Source Source,
    string? Unit,
    string? Shift,
    string? Device,
    string? OnBehalfOf,
    Label Label,
    IReadOnlyList<Guid>? Stays,
    string? Command,
    string? Digest,
    int? Of,
    string? Hash = null
)
{
    // What there is nothing to say of is left out: headers are stored with every event.
    private static readonly JsonSerializerOptions Spare = new(EventTypeRegistry.Json)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, Spare);

    /// <summary>
    /// What another writer left there may be anything; then little is known of who and where, so it is not for everybody; and the event
    /// still counts.
    /// </summary>
    public static Headers Read(ReadOnlySpan<byte> json, DateTimeOffset recorded)
    {
        try
        {
            return JsonSerializer.Deserialize<Headers>(json, EventTypeRegistry.Json) ?? Unknown(recorded);
        }
        catch (JsonException)
        {
            return Unknown(recorded);
        }
    }

    public static Headers For(Envelope envelope, Event happened, string? command, string? digest, int? of) =>
        new(
            happened.OccurredAt,
            envelope.By.Id,
            envelope.By.Role,
            envelope.By.Credential,
            envelope.Source,
            envelope.Unit,
            envelope.Shift,
            envelope.Device,
            envelope.OnBehalfOf,
            envelope.Label,
            envelope.Stays ?? [],
            command,
            digest,
            of
        );

    public Envelope Envelope(string? userName, Guid correlation, Guid? causation) =>
        new(
            new(User ?? userName ?? "", userName ?? User ?? "", Role, Credential),
            Source,
            correlation,
            causation,
            Unit,
            Shift,
            Device,
            OnBehalfOf,
            Label,
            Stays ?? []
        );

    private static Headers Unknown(DateTimeOffset recorded) =>
        new(recorded, null, Role.Integration, null, Source.Import, null, null, null, null, Label.Restricted, [], null, null, null);
}
