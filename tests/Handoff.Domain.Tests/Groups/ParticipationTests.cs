using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Groups;

public class ParticipationTests
{
    private static readonly DateTimeOffset Now = At("18:00");

    private static Stay Patient(params Event[] events) =>
        Given<Stay>([new Admitted(Now.AddDays(-10), new("1", "A", "B"), West, "1", null), .. events]).State;

    private static Group Session(DateTimeOffset starts, AttendanceStatus? status, int? participation = null, string unit = West) =>
        new()
        {
            Id = Guid.NewGuid(),
            Unit = unit,
            Topic = "Walk",
            Starts = starts,
            Ends = starts.AddMinutes(30),
            Day = DateOnly.FromDateTime(starts.DateTime),
            Attendance =
            [
                new(Guid.NewGuid(), Another, new(AttendanceStatus.Attended), "R", starts),
                .. status is { } s
                    ? [new Attendance(Guid.NewGuid(), TheStay, new(s, Participation: participation), "R", starts)]
                    : Array.Empty<Attendance>(),
            ],
        };

    [Fact]
    public void It_counts_the_sessions_that_took_place_while_the_patient_was_there()
    {
        Group[] sessions =
        [
            Session(Now.AddDays(-1), AttendanceStatus.Attended, 4),
            Session(Now.AddDays(-2), AttendanceStatus.Late, 1),
            Session(Now.AddDays(-3), null),
            Session(Now.AddDays(-3).AddHours(1), AttendanceStatus.Declined),
            Session(Now.AddDays(-1), null, unit: East),
            Session(Now.AddDays(-8), AttendanceStatus.Attended),
            Session(Now.AddDays(-1), null) with
            {
                Attendance = [],
            },
            Session(Now.AddDays(-1), null) with
            {
                CancelReason = "ill",
            },
        ];
        var taken = Participation.ForStay(Patient(), sessions, Now.AddDays(-7), Now);
        (taken.Held, taken.Attended, taken.Percent, taken.Level, taken.Minutes).ShouldBe((4, 2, 50, 2.5, 30));
        taken.Sessions.Select(s => s.Starts).ShouldBe(taken.Sessions.Select(s => s.Starts).OrderDescending());
    }

    [Fact]
    public void Nothing_held_is_no_percentage() => (Participation.None.Percent, Participation.None.Level).ShouldBe((null, null));

    [Fact]
    public void Two_days_without_a_group_where_groups_were_held_are_noticed()
    {
        Group[] missed = [Session(Now.AddHours(-5), null), Session(Now.AddHours(-26), AttendanceStatus.Declined)];
        Participation.IsMissing(Patient(), missed, Now).ShouldBeTrue();
        Participation.IsMissing(Patient(), [.. missed, Session(Now.AddHours(-30), AttendanceStatus.LeftEarly)], Now).ShouldBeFalse();
        Participation.IsMissing(Patient(), missed[..1], Now).ShouldBeFalse();
        Participation.IsMissing(Patient(), [], Now).ShouldBeFalse();
    }

    [Fact]
    public void Who_came_lately_or_is_away_is_not_missing()
    {
        Group[] missed = [Session(Now.AddHours(-5), null), Session(Now.AddHours(-26), null)];
        Participation.IsMissing(Patient() with { AdmittedAt = Now.AddHours(-40) }, missed, Now).ShouldBeFalse();
        Participation.IsMissing(Patient(new LeaveStarted(Now.AddHours(-1), LeaveKind.Court, null, null)), missed, Now).ShouldBeFalse();
        Participation.IsMissing(Patient(new Discharged(Now)), missed, Now).ShouldBeFalse();
    }
}
