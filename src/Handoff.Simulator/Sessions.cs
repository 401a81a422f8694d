using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary>
/// Groups: planned for today and tomorrow unless people planned some, begun, led and ended, now and then cancelled; then who came is
/// written down.
/// A session is planned by the wall's clock and so is as much shorter as the play is faster; the minutes that somebody took part are the
/// play's.
/// </summary>
/// <param name="end">Nothing is planned that the play would not come to.</param>
public sealed class Sessions(Dice dice, Ward ward, Tempo tempo, string run, DateTimeOffset end)
{
    private const double Cancelled = 0.07;
    private const int ShortestPlan = 5;

    private static readonly TimeSpan Past = TimeSpan.FromMinutes(90),
        Slow = TimeSpan.FromMinutes(4),
        WrittenUp = TimeSpan.FromMinutes(12);

    private static readonly string[] Reasons =
    [
        "The therapist is ill",
        "Everybody is needed in the day room after the code",
        "The courtyard is closed for the storm",
        "Fire drill",
    ];

    private static readonly Slot Meeting = new(
        new(9, 0),
        30,
        GroupType.Activity,
        "Community meeting",
        "Day room",
        "Charge nurse",
        "What everybody needs today"
    );

    private static readonly Slot[] Skills =
    [
        new(
            new(10, 30),
            50,
            GroupType.Therapy,
            "Distress tolerance skills",
            "Group room",
            "Unit therapist",
            "Getting through a bad hour without harm"
        ),
        new(
            new(10, 30),
            45,
            GroupType.Educational,
            "What my medication does",
            "Group room",
            "Unit nurse",
            "Knowing effects and side effects"
        ),
        new(new(10, 30), 50, GroupType.Therapy, "Anger and what is under it", "Group room", "Unit therapist", "Noticing the first signs"),
        new(new(10, 30), 45, GroupType.Educational, "Sleep and stress", "Group room", "Unit nurse", "One habit to try tonight"),
        new(new(10, 30), 50, GroupType.Educational, "Planning for discharge", "Group room", "Social worker", "Naming two people to call"),
    ];

    private static readonly Slot[] Afternoons =
    [
        new(new(13, 30), 60, GroupType.Recreational, "Walk in the courtyard", "Courtyard", "Recreation therapist", null),
        new(new(13, 30), 50, GroupType.Recreational, "Music", "Day room", "Music therapist", null),
        new(new(13, 30), 50, GroupType.Recreational, "Board games", "Day room", "Unit technician", null),
        new(new(13, 30), 60, GroupType.Recreational, "Art", "Group room", "Art therapist", null),
        new(new(13, 30), 60, GroupType.Recreational, "Garden", "Courtyard", "Recreation therapist", null),
    ];

    private readonly Attendances attendances = new(dice, tempo);

    public IEnumerable<Charted> Between(Programme programme, DateTimeOffset after, DateTimeOffset until) =>
        [
            .. Plan(programme, after),
            .. programme.Sessions.SelectMany(s => Hold(s, until)),
            .. programme.Rosters.Select(r => WriteUp(r, until)).OfType<Charted>(),
        ];

    /// <summary>The days of the service's calendar on which the sessions of now and of what is planned lie.</summary>
    public IReadOnlyList<DateOnly> Days(DateTimeOffset simulated) =>
        [
            .. new[]
            {
                tempo.Wall(simulated),
                tempo.Wall(Earlier(end, simulated.AddDays(1))),
                tempo.Wall(Earlier(end, simulated.AddDays(2))),
            }
                .Select(at => DateOnly.FromDateTime(ward.Time.Local(at).DateTime))
                .Distinct(),
        ];

    private IEnumerable<Charted> Plan(Programme programme, DateTimeOffset after) =>
        from ahead in Enumerable.Range(0, 2)
        let day = DateOnly.FromDateTime(ward.Time.Local(after).DateTime).AddDays(ahead)
        where !programme.Sessions.Any(s => IsForeign(s, day))
        from slot in On(day.DayOfWeek)
        let starts = ward.Time.Instant(day.ToDateTime(slot.At))
        where starts > after && starts.AddMinutes(slot.Minutes) < end
        select Deed(
            DeedKind.Session,
            after,
            $"plan {day:yyyy-MM-dd} {slot.At:HHmm}",
            Id(day, slot),
            new ScheduleGroup(
                ward.Unit,
                slot.Type,
                slot.Topic,
                slot.Facilitator,
                tempo.Wall(starts),
                Math.Max(ShortestPlan, (int)Math.Round(slot.Minutes / tempo.Speed)),
                slot.Room,
                Goal: slot.Goal,
                Series: NamedId.From("simulated series", run, slot.Topic)
            )
        );

    // What people planned for that day of the play is held instead of a plan of its own.
    private bool IsForeign(SessionLine session, DateOnly day) =>
        session.CancelReason is null
        && tempo.Simulated(session.Starts) is var starts
        && starts > tempo.Start
        && DateOnly.FromDateTime(ward.Time.Local(starts).DateTime) == day
        && On(day.DayOfWeek).All(slot => Id(day, slot) != session.Id);

    private IEnumerable<Charted> Hold(SessionLine session, DateTimeOffset until)
    {
        var starts = tempo.Simulated(session.Starts);
        var isOff = dice.Happens(Cancelled, "cancelled", session.Topic, starts.UtcTicks.ToString());
        switch (session)
        {
            case { CancelReason: not null } or { EndedAt: not null }:
                break;
            case { StartedAt: null } when isOff && starts - Slow <= until && starts > until - Past:
                yield return Deed(
                    DeedKind.Session,
                    starts - Slow,
                    $"cancel {session.Id:N}",
                    session.Id,
                    new CancelGroup(dice.OneOf(Reasons, "why cancelled", session.Id.ToString()))
                );
                break;
            case { StartedAt: null } when !isOff && starts + Delay(session) <= until && starts > until - Past:
                yield return Deed(DeedKind.Session, starts + Delay(session), $"begin {session.Id:N}", session.Id, new StartGroup());
                break;
            case { StartedAt: { } started } when started >= tempo.Start && Ends(session) <= until:
                yield return Deed(DeedKind.Session, Ends(session), $"end {session.Id:N}", session.Id, new EndGroup());
                break;
        }
    }

    private Charted? WriteUp(GroupRoster roster, DateTimeOffset until)
    {
        var session = roster.Session;
        if (
            !Programme.IsWaiting(session)
            || !(session.EndedAt >= tempo.Start)
            || attendances.ForRoster(roster, Minutes(session)) is not [_, ..] rows
        )
        {
            return null;
        }

        var when = tempo.Simulated(session.EndedAt!.Value) + WrittenUp * dice.Roll("written up", session.Id.ToString());
        return when > until ? null : Deed(DeedKind.Attendance, when, $"roster {session.Id:N}", session.Id, new RecordAttendance(rows));
    }

    private TimeSpan Delay(SessionLine session) => Slow * dice.Roll("begins late", session.Id.ToString());

    private DateTimeOffset Ends(SessionLine session) =>
        tempo.Simulated(session.StartedAt!.Value).AddMinutes(Minutes(session) - 3 * dice.Roll("ends early", session.Id.ToString()));

    // As long as the play's own plan says; what others planned lasts as long as they planned.
    private int Minutes(SessionLine session) =>
        Skills.Concat(Afternoons).Append(Meeting).FirstOrDefault(slot => slot.Topic == session.Topic) is { } slot && tempo.Speed > 1
            ? slot.Minutes
            : (int)(session.Ends - session.Starts).TotalMinutes;

    private static IEnumerable<Slot> On(DayOfWeek day) =>
        day is DayOfWeek.Saturday or DayOfWeek.Sunday
            ? [Meeting with { At = new(10, 0) }, Afternoons[day == DayOfWeek.Sunday ? 1 : 2]]
            : [Meeting, Skills[(int)day - 1], Afternoons[(int)day - 1]];

    private Guid Id(DateOnly day, Slot slot) => NamedId.From("simulated session", run, $"{day:yyyy-MM-dd}", $"{slot.At:HHmm}");

    private Charted Deed(DeedKind kind, DateTimeOffset at, string about, Guid session, Command<Group> command) =>
        new(kind, at, $"{run} group {about}", $"Simulated workstation, {ward.Unit}", command with { Key = session.ToString() });

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    /// <summary>A group that has its place in the week.</summary>
    private sealed record Slot(TimeOnly At, int Minutes, GroupType Type, string Topic, string Room, string Facilitator, string? Goal);
}
