using Handoff.Domain.Kernel;

namespace Handoff.Domain.Timeline;

/// <summary>An event at its place in the facility's log.</summary>
public sealed record Fact(long Position, EventEnvelope Recorded);

/// <summary>One entry of a patient's timeline, with what was added to it later beside it.</summary>
/// <param name="Amendments">Corrections, additions and the word that it was made in error, oldest first.</param>
/// <param name="Pin">Who pinned it, if it is pinned.</param>
/// <param name="IsStruck">It no longer stands: it was corrected, or made in error.</param>
public sealed record Entry(Fact Fact, IReadOnlyList<EventEnvelope> Amendments, PinMark? Pin = null, bool IsStruck = false)
{
    public Guid Id => Fact.Recorded.Id;

    /// <summary>Later entries that say otherwise, oldest first: both stand.</summary>
    public IReadOnlyList<EventEnvelope> Beside { get; init; } = [];

    public long Position => Fact.Position;

    public EventEnvelope Recorded => Fact.Recorded;

    public Event Event => Fact.Recorded.Event;

    /// <summary>When it happened.</summary>
    public DateTimeOffset At => Event.OccurredAt;

    /// <summary>A late entry by a person; the service itself is only ever late after it was down.</summary>
    public bool IsLate => Recorded.IsLate && Recorded.Envelope.Source != Source.System;

    /// <summary>Newest first, by when it happened; of one instant, the later recorded comes first.</summary>
    public static readonly IComparer<Entry> NewestFirst = Comparer<Entry>.Create(
        (a, b) => b.At.CompareTo(a.At) is not 0 and var time ? time : b.Position.CompareTo(a.Position)
    );
}

/// <summary>Who pinned an entry, when, and why if they said.</summary>
public sealed record PinMark(string By, DateTimeOffset At, string? Word);
