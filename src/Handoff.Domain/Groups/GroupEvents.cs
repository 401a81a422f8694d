using Handoff.Domain.Kernel;

namespace Handoff.Domain.Groups;

/// <param name="Day">The date on the unit's calendar.</param>
/// <param name="Capacity">How many may take part; null for everybody.</param>
/// <param name="Series">The sessions that were scheduled together share it.</param>
[Stored("group_scheduled")]
public sealed record GroupScheduled(
    DateTimeOffset OccurredAt,
    string Unit,
    GroupType Type,
    string Topic,
    string Facilitator,
    string? Room,
    int? Capacity,
    string? Goal,
    DateOnly Day,
    DateTimeOffset Starts,
    DateTimeOffset Ends,
    Guid? Series
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Group planned for {time.DayAndClock(Starts)}–{time.Clock(Ends)}: {Topic} ({Type.Words()}), "
        + $"{Facilitator}{(Room is null ? "" : $", {Room}")}.";
}

[Stored("group_started")]
public sealed record GroupStarted(DateTimeOffset OccurredAt, string Topic) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Topic} began at {time.Clock(OccurredAt)}.";
}

[Stored("group_ended")]
public sealed record GroupEnded(DateTimeOffset OccurredAt, string Topic) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Topic} ended at {time.Clock(OccurredAt)}.";
}

[Stored("group_cancelled")]
public sealed record GroupCancelled(DateTimeOffset OccurredAt, string Topic, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Topic} was cancelled: {Reason}";
}

/// <summary>One member's part in a session. It is about that member alone and names no other.</summary>
/// <param name="Minutes">How long the member took part, as far as it was known then.</param>
[Stored("attendance_recorded")]
public sealed record AttendanceRecorded(
    DateTimeOffset OccurredAt,
    Guid Stay,
    GroupType Type,
    string Topic,
    AttendanceEntry Entry,
    int? Minutes
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => Entry.Sentence(Topic, Minutes);

    public override HandoffLine? ForHandoff(UnitTime time) => Told(Entry, Sentence(time));

    internal static HandoffLine? Told(AttendanceEntry entry, string words) =>
        entry.Status == AttendanceStatus.Declined
            ? new(HandoffPart.Condition, words, "groups-declined", Retention.Counted, "groups declined")
            : null;

    public override IEnumerable<Guid> About() => [Stay];
}

/// <summary>What was recorded of a member was not so. The original stays, readable.</summary>
/// <param name="Corrects">The entry that it takes the place of.</param>
/// <param name="Reason">Always given once the session is over.</param>
[Stored("attendance_corrected")]
public sealed record AttendanceCorrected(
    DateTimeOffset OccurredAt,
    Guid Stay,
    GroupType Type,
    string Topic,
    AttendanceEntry Entry,
    int? Minutes,
    Guid Corrects,
    string? Reason
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"{(Reason is null ? "Changed" : $"Corrected ({Reason})")}: {Entry.Sentence(Topic, Minutes)}";

    public override IEnumerable<Guid> About() => [Stay];

    public override Amendment Amends() => new(Corrects, Replaces: true);

    public override HandoffLine? ForHandoff(UnitTime time) => AttendanceRecorded.Told(Entry, Sentence(time));
}

/// <param name="Entry">The entry that was not about this member.</param>
[Stored("attendance_entered_in_error")]
public sealed record AttendanceEnteredInError(DateTimeOffset OccurredAt, Guid Stay, string Topic, Guid Entry, string Reason)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The entry about {Topic} was made in error: {Reason}";

    public override Amendment Amends() => new(Entry);

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time));

    public override IEnumerable<Guid> About() => [Stay];
}
