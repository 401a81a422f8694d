using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

// Events

/// <param name="Ack">The acknowledgement as it was sent, byte for byte, as base64; a repeated message gets it again.</param>
/// <param name="Digest">SHA-256 of the message's bytes, in hexadecimal: another message under the same control id is told from a repetition.</param>
/// <param name="Said">When it happened by the sender's clock, where that clock was ahead and the message was applied as of when it came.</param>
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
/// <param name="Visit">The stay, or the patient, that the message waits for, where that could be read: it is tried again when something was applied there.</param>
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

/// <summary>Why a message could not be applied.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Segment">Such as <c>PV1</c>; <paramref name="Field"/> is its number.</param>
public sealed record Fault(string Code, string? Segment, int? Field, string Says);

// State

public enum MessageStanding
{
    Unknown,
    Applied,
    Held,
    Released,
    Dismissed,
    Passed,
}

/// <summary>One message of the hospital's feed: applied, or held whole until a person has mended it.</summary>
[Stored("feed_message")]
public sealed record FeedMessage : State
{
    public string Id { get; init; } = "";

    public MessageStanding Standing { get; init; }

    public string Sender { get; init; } = "";

    public string ControlId { get; init; } = "";

    public string Trigger { get; init; } = "";

    /// <summary>Base64; null once there is nothing left to mend.</summary>
    public string? Raw { get; init; }

    public Fault? Fault { get; init; }

    public string? Ack { get; init; }

    public string? Digest { get; init; }

    /// <summary>Why it called for nothing.</summary>
    public string? Why { get; init; }

    public Guid? Visit { get; init; }

    public Guid? OtherVisit { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public override Finding FoundBy() => new(IsHeld: Standing == MessageStanding.Held);

    public override State Evolve(Recorded fact) =>
        fact.Event switch
        {
            MessageApplied e => this with
            {
                Id = fact.Key,
                Standing = MessageStanding.Applied,
                Sender = e.Sender,
                ControlId = e.ControlId,
                Trigger = e.Trigger,
                Ack = e.Ack,
                Digest = e.Digest,
                ReceivedAt = e.OccurredAt,
            },
            MessagePassed e => this with
            {
                Id = fact.Key,
                Standing = MessageStanding.Passed,
                Sender = e.Sender,
                ControlId = e.ControlId,
                Trigger = e.Trigger,
                Ack = e.Ack,
                Digest = e.Digest,
                Why = e.Why,
                ReceivedAt = e.OccurredAt,
            },
            MessageHeld e => this with
            {
                Id = fact.Key,
                Standing = MessageStanding.Held,
                Sender = e.Sender,
                ControlId = e.ControlId,
                Trigger = e.Trigger,
                Raw = e.Raw,
                Fault = e.Fault,
                Ack = e.Ack,
                Digest = e.Digest,
                Visit = e.Visit,
                OtherVisit = e.OtherVisit,
                ReceivedAt = e.OccurredAt,
            },
            MessageReleased => this with { Standing = MessageStanding.Released, Raw = null },
            MessageDismissed => this with { Standing = MessageStanding.Dismissed, Raw = null },
            _ => this,
        };
}

// Commands

[Internal]
public sealed record KeepApplied(
    string Sender,
    string ControlId,
    string Trigger,
    string Ack,
    IReadOnlyList<Guid> Concerns,
    string? Digest = null,
    DateTimeOffset? Said = null
) : Command<FeedMessage>
{
    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(FeedMessage state, Situation now) =>
        state.Standing == MessageStanding.Unknown
            ? new MessageApplied(now.Now, Sender, ControlId, Trigger, Ack, Concerns, Digest, Said)
            : [];
}

/// <summary>Keep that a message came and called for nothing.</summary>
[Internal]
public sealed record PassMessage(string Sender, string ControlId, string Trigger, string Ack, string Why, string? Digest = null)
    : Command<FeedMessage>
{
    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(FeedMessage state, Situation now) =>
        state.Standing == MessageStanding.Unknown ? new MessagePassed(now.Now, Sender, ControlId, Trigger, Ack, Why, Digest) : [];
}

[Internal]
public sealed record HoldMessage(
    string Sender,
    string ControlId,
    string Trigger,
    string Raw,
    Fault Fault,
    string Ack,
    Guid? Visit,
    string? Digest = null,
    Guid? OtherVisit = null
) : Command<FeedMessage>
{
    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(FeedMessage state, Situation now) =>
        state.Standing == MessageStanding.Unknown
            ? new MessageHeld(now.Now, Sender, ControlId, Trigger, Raw, Fault, Ack, Visit, Digest, OtherVisit)
            : [];
}

/// <summary>Say that a held message has been applied, as it was or mended.</summary>
[Internal]
public sealed record ReleaseMessage(string? Corrected, IReadOnlyList<Guid> Concerns) : Command<FeedMessage>
{
    public override Permission Permission => Permission.MendFeed;

    public override Decision Decide(FeedMessage state, Situation now) =>
        state.Standing == MessageStanding.Held ? new MessageReleased(now.Now, Corrected, Concerns) : [];
}

/// <summary>Set a held message aside for good. It stays in the log.</summary>
public sealed record DismissMessage(string? Reason) : Command<FeedMessage>
{
    public override Permission Permission => Permission.MendFeed;

    public override Decision Decide(FeedMessage state, Situation now) =>
        (state.Standing, Text.Line(Reason)) switch
        {
            (MessageStanding.Unknown, _) => Refusal.NotFound("message-unknown", "There is no such message."),
            (MessageStanding.Dismissed, _) => [],
            (not MessageStanding.Held, _) => new Refusal("message-not-held", "The message has already been applied."),
            (_, null) => Refusal.Missing("reason", "Say why the message is set aside."),
            (_, var reason) => Text.TooLong(reason, Text.RemarkLimit, "reason") is { } refusal
                ? refusal
                : new MessageDismissed(now.Now, reason),
        };
}
