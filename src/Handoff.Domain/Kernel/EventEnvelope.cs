using Handoff.Domain.Access;

namespace Handoff.Domain.Kernel;

/// <summary>An event with its envelope: who wrote it down, when, where, and from what.</summary>
/// <param name="Id">The event's id. The first event of a request carries the request's id, so a repeated request is recognised.</param>
/// <param name="Stream">The stream it is on, <c>kind-key</c>.</param>
/// <param name="At">When it was recorded (UTC). Never earlier than the facility's previous event.</param>
public sealed record EventEnvelope(Guid Id, string Stream, DateTimeOffset At, Envelope Envelope, Event Event)
{
    public string Key => StreamId.Key(Stream);

    public Staff By => Envelope.By;

    /// <summary>
    /// Longer than this between an event and its entry, and it is shown as a late entry, unless the event has a shorter limit of its own.
    /// </summary>
    public static readonly TimeSpan UsuallyLateAfter = TimeSpan.FromMinutes(15);

    public TimeSpan Delay => At - Event.OccurredAt;

    public bool IsLate => Delay > Event.LateAfter();
}
