using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

/// <param name="Ack">The acknowledgement as it was sent, byte for byte, as base64; a repeated message gets it again.</param>
/// <param name="Digest">SHA-256 of the message's bytes, in hexadecimal: another message under the same control id is told from a
/// repetition.</param>
/// <param name="Said">When it happened by the sender's clock, where that clock was ahead and the message was applied as of when it
/// came.</param>
[Stored("message_applied")]
public sealed record MessageApplied(
    DateTimeOffset OccurredAt,
    string Sender,
    string ControlId,
    string Trigger,
    string Ack,
    IReadOnlyList<Guid> Concerns,
    string? Digest = null,
    DateTimeOffset? Said = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Trigger} from {Sender} was applied.";

    public override IEnumerable<Guid> About() => Concerns;
}

/// <summary>A message that calls for nothing here: acknowledged, and kept no further.</summary>
/// <param name="Why">The rule, in words.</param>
[Stored("message_passed")]
public sealed record MessagePassed(
    DateTimeOffset OccurredAt,
    string Sender,
    string ControlId,
    string Trigger,
    string Ack,
    string Why,
    string? Digest = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Trigger} from {Sender} called for nothing: {Why}";
}

/// <param name="Raw">The whole message, byte for byte, as base64.</param>
/// <param name="Visit">The stay, or the patient, that the message waits for, where that could be read: it is tried again when something was
/// applied there.</param>
/// <param name="OtherVisit">The other one of a swap.</param>
[Stored("message_held")]
public sealed record MessageHeld(
    DateTimeOffset OccurredAt,
    string Sender,
    string ControlId,
    string Trigger,
    string Raw,
    Fault Fault,
    string Ack,
    Guid? Visit,
    string? Digest = null,
    Guid? OtherVisit = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Trigger} from {Sender} was held: {Fault.Says}";
}

/// <param name="Corrected">The message as a person mended it, as base64; null if it went as it was.</param>
[Stored("message_released")]
public sealed record MessageReleased(DateTimeOffset OccurredAt, string? Corrected, IReadOnlyList<Guid> Concerns) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        Corrected is null ? "The held message was applied after all." : "The held message was mended and applied.";

    public override IEnumerable<Guid> About() => Concerns;
}

[Stored("message_dismissed")]
public sealed record MessageDismissed(DateTimeOffset OccurredAt, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The held message was set aside: {Reason}";
}
