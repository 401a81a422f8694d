using Handoff.Domain.Kernel;

namespace Handoff.Domain.Groups;

/// <summary>One session of a group on one unit: its plan, how it went, and who took part.</summary>
[Stored("group")]
public sealed record Group : State
{
    /// <summary>Replaced entries that are remembered of each member: enough to merge what two people typed at once.</summary>
    private const int Remembered = 2;

    public Guid Id { get; init; }

    public string? Unit { get; init; }

    public GroupType Type { get; init; }

    public string Topic { get; init; } = "";

    public string Facilitator { get; init; } = "";

    public string? Room { get; init; }

    public int? Capacity { get; init; }

    public string? Goal { get; init; }

    /// <summary>The date on the unit's calendar.</summary>
    public DateOnly Day { get; init; }

    /// <summary>When it is planned to start; when it began is <see cref="StartedAt"/>.</summary>
    public DateTimeOffset Starts { get; init; }

    public DateTimeOffset Ends { get; init; }

    public Guid? Series { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? CancelReason { get; init; }

    /// <summary>What stands of each member, in the order of recording.</summary>
    public IReadOnlyList<Attendance> Attendance { get; init; } = [];

    /// <summary>What stood before and was corrected, the latest few of each member.</summary>
    public IReadOnlyList<Attendance> Earlier { get; init; } = [];

    public bool IsKnown() => Unit is not null;

    public bool IsCancelled() => CancelReason is not null;

    /// <summary>Whether it took place as far as anybody wrote down: a roster was taken.</summary>
    public bool IsHeld() => !IsCancelled() && Attendance.Count > 0;

    public bool IsOver(DateTimeOffset now) => (EndedAt ?? Ends) <= now;

    /// <summary>When it really began, or else was planned to.</summary>
    public DateTimeOffset Begin() => StartedAt ?? Starts;

    /// <summary>
    /// When it really ended, or else was planned to; a session that began after its planned end lasts as long as was planned.
    /// </summary>
    public DateTimeOffset End() => EndedAt ?? (Ends > Begin() ? Ends : Begin() + (Ends - Starts));

    public Attendance? AttendanceOf(Guid stay) => Attendance.FirstOrDefault(a => a.Stay == stay);

    /// <summary>How many took part.</summary>
    public int Present() => Attendance.Count(a => a.Entry.Status.IsPresent());

    /// <summary>
    /// Minutes that a member took part: the corrected number if one was given, else from arrival to leaving within the session.
    /// Null if somebody came late or left early and nobody said when.
    /// </summary>
    public int? Minutes(AttendanceEntry entry) =>
        entry switch
        {
            _ when !entry.Status.IsPresent() => 0,
            { MinutesGiven: { } given } => given,
            { Status: AttendanceStatus.Late, Arrived: null } or { Status: AttendanceStatus.LeftEarly, Left: null } => null,
            _ => Math.Max(0, (int)Math.Round((Earliest(entry.Left, End()) - Latest(entry.Arrived, Begin())).TotalMinutes)),
        };

    public override string? OnUnit() => Unit;

    public override IndexKeys FoundBy() => new(Day: Day);

    public override IEnumerable<OpenLoop> OpenLoops() =>
        EndedAt is { } ended && !IsCancelled() && Attendance.Count == 0
            ? [new("group-attendance", null, ended, null, $"Attendance of {Topic} is not recorded", $"/units/{Unit}/groups/{Id}")]
            : [];

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            GroupScheduled e => this with
            {
                Id = Guid.Parse(fact.Key),
                Unit = e.Unit,
                Type = e.Type,
                Topic = e.Topic,
                Facilitator = e.Facilitator,
                Room = e.Room,
                Capacity = e.Capacity,
                Goal = e.Goal,
                Day = e.Day,
                Starts = e.Starts,
                Ends = e.Ends,
                Series = e.Series,
            },
            GroupStarted e => this with { StartedAt = e.OccurredAt },
            GroupEnded e => this with { EndedAt = e.OccurredAt },
            GroupCancelled e => this with { CancelReason = e.Reason },
            AttendanceRecorded e => With(new(fact.Id, e.Stay, e.Entry, fact.By.Name, fact.At)),
            AttendanceCorrected e => With(new(fact.Id, e.Stay, e.Entry, fact.By.Name, fact.At)),
            AttendanceEnteredInError e => Without(e.Stay),
            _ => this,
        };

    private Group With(Attendance entry) =>
        AttendanceOf(entry.Stay) is not { } was
            ? this with
            {
                Attendance = [.. Attendance, entry],
            }
            : this with
            {
                Attendance = [.. Attendance.Select(a => a == was ? entry : a)],
                Earlier = Remembering(was),
            };

    private Group Without(Guid stay) =>
        AttendanceOf(stay) is not { } was
            ? this
            : this with
            {
                Attendance = [.. Attendance.Where(a => a != was)],
                Earlier = Remembering(was),
            };

    private List<Attendance> Remembering(Attendance was) =>
        [.. Earlier.Where(a => a.Stay != was.Stay), .. Earlier.Where(a => a.Stay == was.Stay).Append(was).TakeLast(Remembered)];

    private static DateTimeOffset Earliest(DateTimeOffset? given, DateTimeOffset other) => given < other ? given.Value : other;

    private static DateTimeOffset Latest(DateTimeOffset? given, DateTimeOffset other) => given > other ? given.Value : other;
}
