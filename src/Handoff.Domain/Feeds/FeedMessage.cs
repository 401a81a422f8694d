using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

/// <summary>Why a message could not be applied.</summary>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Segment">Such as <c>PV1</c>; <paramref name="Field"/> is its number.</param>
public sealed record Fault(string Code, string? Segment, int? Field, string Says);

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

    public override IndexKeys FoundBy() => new(IsHeld: Standing == MessageStanding.Held);

    public override State Evolve(EventEnvelope fact) =>
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
