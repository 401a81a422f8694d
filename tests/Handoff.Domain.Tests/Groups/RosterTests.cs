using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Groups;

public class RosterTests
{
    private static readonly Guid Maya = new("0191e4a0-0000-7000-8000-00000000000a"),
        Luis = new("0191e4a0-0000-7000-8000-00000000000b");

    private static readonly Event[] Held = [new GroupStarted(At("10:00"), "Coping skills"), new GroupEnded(At("10:50"), "Coping skills")];

    /// <summary>A session from 10:00 to 10:50, with Maya and Luis on the unit.</summary>
    private static Given<Group> Over(params Event[] events) => WithPatients(GroupTests.Planned([.. Held, .. events]));

    private static Given<Group> WithPatients(Given<Group> given) =>
        given.And("stay-" + Maya, Admission(Maya)).And("stay-" + Luis, Admission(Luis));

    private static Admitted Admission(Guid stay) =>
        new(At("07:00").AddDays(-3), new(stay.ToString()[^2..], "Family", "Given"), West, null, null);

    private static AttendanceRow Came(Guid stay) => new(stay, AttendanceStatus.Attended, Participation: 3, Response: "Named two skills");

    [Fact]
    public void Each_member_has_an_event_of_their_own_that_names_no_other()
    {
        var decided = Over()
            .When(new RecordAttendance([Came(Maya), new(Luis, AttendanceStatus.Declined)]), "10:55", People.Technician)
            .Decision;
        decided
            .Events.Select(e => e.About())
            .ShouldBe([
                [Maya],
                [Luis],
            ]);
        decided.Events[0].Sentence(NewYork).ShouldBe("Attended Coping skills, 50 min, participation 3 of 4. Named two skills");
        decided.Events[1].Sentence(NewYork).ShouldBe("Declined Coping skills.");
        decided.Events[0].OccurredAt.ShouldBe(At("10:50"));
    }

    [Fact]
    public void Rows_that_say_nothing_record_nothing() => Over().When(new RecordAttendance([new(Maya), new(Luis)]), "10:55").ThenNothing();

    [Fact]
    public void A_row_with_words_and_no_status_is_refused_at_its_field()
    {
        var outcome = Over().When(new RecordAttendance([new(Maya, Response: "Quiet")]), "10:55");
        outcome.Then("status-missing");
        outcome.Decision.Refusal!.Field.ShouldBe($"rows.{Maya}.status");
    }

    [Fact]
    public void Rows_that_say_what_is_recorded_record_nothing()
    {
        var given = Over();
        given.When(new RecordAttendance([Came(Maya)]), "10:55");
        given.When(new RecordAttendance([Came(Maya) with { Was = given.State.AttendanceOf(Maya)!.Id }]), "11:00").ThenNothing();
        given.When(new RecordAttendance([Came(Maya)]), "11:00").ThenNothing();
    }

    [Theory]
    [InlineData(AttendanceStatus.Attended, null, null, 50)]
    [InlineData(AttendanceStatus.Late, "10:20", null, 30)]
    [InlineData(AttendanceStatus.Late, null, null, null)]
    [InlineData(AttendanceStatus.LeftEarly, null, "10:15", 15)]
    [InlineData(AttendanceStatus.LeftEarly, null, null, null)]
    [InlineData(AttendanceStatus.Late, "10:10", "10:30", 20)]
    [InlineData(AttendanceStatus.Attended, "09:55", null, 50)]
    [InlineData(AttendanceStatus.Asleep, null, null, 0)]
    public void Minutes_follow_from_the_session_and_from_who_came_and_left_when(
        AttendanceStatus status,
        string? arrived,
        string? left,
        int? minutes
    )
    {
        var given = Over();
        given
            .When(new RecordAttendance([new(Maya, status, Clock(arrived), Clock(left))]), "10:55")
            .Then<AttendanceRecorded>()
            .Minutes.ShouldBe(minutes);
        given.State.Minutes(given.State.AttendanceOf(Maya)!.Entry).ShouldBe(minutes);
    }

    [Fact]
    public void Minutes_that_are_given_stand_and_computed_ones_follow_the_session()
    {
        var given = WithPatients(GroupTests.Planned(new GroupStarted(At("10:00"), "Coping skills")));
        given.When(new RecordAttendance([Came(Maya), Came(Luis) with { Minutes = 25 }]), "10:20");
        given.State.Attendance.Select(a => given.State.Minutes(a.Entry)).ShouldBe([45, 25]);
        given.When(new EndGroup(), "11:00");
        given.State.Attendance.Select(a => given.State.Minutes(a.Entry)).ShouldBe([60, 25]);
    }

    [Fact]
    public void While_the_session_goes_on_no_minutes_are_claimed() =>
        WithPatients(GroupTests.Planned(new GroupStarted(At("10:00"), "Coping skills")))
            .When(new RecordAttendance([Came(Maya)]), "10:20")
            .Then<AttendanceRecorded>()
            .ShouldSatisfyAllConditions(e => e.Minutes.ShouldBeNull(), e => e.OccurredAt.ShouldBe(At("10:20")));

    [Fact]
    public void Who_was_not_there_took_no_part() =>
        Over()
            .When(new RecordAttendance([new(Maya, AttendanceStatus.Declined, Participation: 3, Minutes: 20, Response: "Tired")]), "10:55")
            .Then<AttendanceRecorded>()
            .Entry.ShouldBe(new(AttendanceStatus.Declined, Response: "Tired"));

    [Fact]
    public void What_cannot_be_is_refused_at_its_field()
    {
        Over().When(new RecordAttendance([Came(Maya) with { Participation = 5 }]), "10:55").Then("participation-out-of-range");
        Over().When(new RecordAttendance([Came(Maya) with { Minutes = -1 }]), "10:55").Then("minutes-out-of-range");
        Over().When(new RecordAttendance([Came(Maya) with { Arrived = At("11:00") }]), "11:05").Then("arrived-outside-group");
        Over().When(new RecordAttendance([Came(Maya) with { Left = At("09:59") }]), "10:55").Then("left-before-arrival");
        Over().When(new RecordAttendance([Came(Maya) with { Left = At("11:30") }]), "10:55").Then("time-in-future");
        Over().When(new RecordAttendance([Came(Maya) with { Quote = new('x', 2_001) }]), "10:55").Then("text-too-long");
        Over().When(new RecordAttendance([Came(Maya), Came(Maya)]), "10:55").Then("stay-twice");
        Over().When(new RecordAttendance([]), "10:55").Then("rows-missing");
        Over().When(new RecordAttendance([null!]), "10:55").Then("rows-missing");
        WithPatients(GroupTests.Planned()).When(new RecordAttendance([Came(Maya)]), "07:30").Then("group-not-yet");
        Over(new GroupCancelled(At("11:00"), "Coping skills", "x"))
            .When(new RecordAttendance([Came(Maya)]), "11:05")
            .Then("group-cancelled");
    }

    [Fact]
    public void Only_who_was_on_the_unit_then_can_have_taken_part()
    {
        var code = "not-on-unit";
        Over().When(new RecordAttendance([Came(Guid.NewGuid())]), "10:55").Then(code);
        Over()
            .And("stay-" + Maya, new Transferred(At("09:00"), West, null, East, null))
            .When(new RecordAttendance([Came(Maya)]), "10:55")
            .Then(code);
        Over().And("stay-" + Maya, new Discharged(At("10:00"))).When(new RecordAttendance([Came(Maya)]), "10:55").Then(code);
        Over()
            .And("stay-" + Maya, new Discharged(At("10:52")))
            .When(new RecordAttendance([Came(Maya)]), "10:55")
            .Then<AttendanceRecorded>();
        Over()
            .And("stay-" + Maya, new Transferred(At("10:52"), West, null, East, null))
            .When(new RecordAttendance([Came(Maya)]), "10:55")
            .Then<AttendanceRecorded>();
    }

    [Fact]
    public void A_correction_keeps_the_original_and_after_the_session_says_why()
    {
        var given = Over();
        var first = given.When(new RecordAttendance([Came(Maya)]), "10:55").Given.State.AttendanceOf(Maya)!;
        var change = new RecordAttendance([Came(Maya) with { Participation = 1, Was = first.Id }]);
        var refused = given.When(change, "11:30");
        refused.Then("reason-missing");
        refused.Decision.Refusal!.Field.ShouldBe("reason");
        var corrected = given.When(change with { Reason = "Mixed up" }, "11:30").Then<AttendanceCorrected>();
        (corrected.Corrects, corrected.OccurredAt, corrected.About().Single()).ShouldBe((first.Id, At("11:30"), Maya));
        corrected
            .Sentence(NewYork)
            .ShouldBe("Corrected (Mixed up): Attended Coping skills, 50 min, participation 1 of 4. Named two skills");
        given.State.Earlier.ShouldHaveSingleItem().Id.ShouldBe(first.Id);
    }

    [Fact]
    public void While_the_session_goes_on_a_change_needs_no_reason()
    {
        var given = WithPatients(GroupTests.Planned(new GroupStarted(At("10:00"), "Coping skills")));
        given.When(new RecordAttendance([new(Maya, AttendanceStatus.Asleep)]), "10:05");
        given
            .When(new RecordAttendance([new(Maya, AttendanceStatus.Late, At("10:15"), Was: given.State.AttendanceOf(Maya)!.Id)]), "10:16")
            .Then<AttendanceCorrected>()
            .Sentence(NewYork)
            .ShouldBe("Changed: Came late to Coping skills.");
    }

    [Fact]
    public void An_entry_about_the_wrong_patient_is_taken_back_and_stays_readable_in_the_log()
    {
        var given = Over();
        var entry = given.When(new RecordAttendance([Came(Maya)]), "10:55").Given.State.AttendanceOf(Maya)!.Id;
        given.When(new RecordAttendance([new(Maya, Was: entry, IsInError: true)]), "11:30").Then("reason-missing");
        given
            .When(new RecordAttendance([new(Maya, Was: entry, IsInError: true)], "It was Luis"), "11:30")
            .Then(new AttendanceEnteredInError(At("11:30"), Maya, "Coping skills", entry, "It was Luis"));
        given.State.AttendanceOf(Maya).ShouldBeNull();
        given.When(new RecordAttendance([new(Maya, Was: entry, IsInError: true)], "It was Luis"), "11:31").ThenNothing();
        given.Ward.Log.ShouldContain(r => r.Event is AttendanceRecorded);
    }

    [Fact]
    public void What_another_person_recorded_meanwhile_in_other_rows_is_kept()
    {
        var given = Over();
        given.When(new RecordAttendance([new(Luis, AttendanceStatus.Late, At("10:20"))]), "10:55", People.Nurse);
        given.When(new RecordAttendance([Came(Maya), new(Luis)]), "10:56", People.Technician).Then<AttendanceRecorded>();
        given.State.AttendanceOf(Luis)!.Entry.Status.ShouldBe(AttendanceStatus.Late);
    }

    [Fact]
    public void What_two_people_changed_in_different_fields_of_a_row_is_merged()
    {
        var given = WithPatients(GroupTests.Planned(new GroupStarted(At("10:00"), "Coping skills")));
        given.When(new RecordAttendance([Came(Maya)]), "10:20");
        var shown = given.State.AttendanceOf(Maya)!.Id;
        given.When(new RecordAttendance([Came(Maya) with { Quote = "I can do this", Was = shown }]), "10:25", People.Nurse);
        given.When(new RecordAttendance([Came(Maya) with { Participation = 4, Was = shown }]), "10:26", People.Technician);
        given
            .State.AttendanceOf(Maya)!
            .Entry.ShouldBe(new(AttendanceStatus.Attended, Participation: 4, Response: "Named two skills", Quote: "I can do this"));
    }

    [Fact]
    public void What_two_people_changed_in_the_same_field_is_asked_about_and_then_stands()
    {
        var given = WithPatients(GroupTests.Planned(new GroupStarted(At("10:00"), "Coping skills")));
        given.When(new RecordAttendance([new(Maya, AttendanceStatus.Asleep)]), "10:20", People.Nurse);
        var mine = new RecordAttendance([new(Maya, AttendanceStatus.Attended)]);
        var refused = given.When(mine, "10:21", People.Technician);
        refused.Then("row-changed-meanwhile");
        refused.Decision.Refusal!.Says.ShouldBe("Ana Reyes changed this meanwhile to “asleep”. Save again if yours stands.");
        given
            .When(
                new RecordAttendance([new(Maya, AttendanceStatus.Attended, Was: given.State.AttendanceOf(Maya)!.Id)]),
                "10:22",
                People.Technician
            )
            .Then<AttendanceCorrected>();
    }

    [Fact]
    public void Being_off_the_unit_pauses_no_safety_check()
    {
        var given = Over()
            .And(
                "rounding-" + Maya,
                new RoundingBegan(At("08:00"), West, ObservationLevel.Q15, "Q15", 15, DueWindow.AtOnce(At("08:00"), Minutes(15)))
            );
        var before = given.Ward.Of<Rounding>(Maya.ToString());
        given.When(new RecordAttendance([new(Maya, AttendanceStatus.OffUnit)]), "10:55").Then<AttendanceRecorded>();
        given.Ward.Settle(At("10:55"));
        var after = given.Ward.Of<Rounding>(Maya.ToString());
        (after.Pause, after.Due).ShouldBe((null, before.Due));
        after.Missed.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_roster_survives_a_restart()
    {
        var given = Over();
        given.When(new RecordAttendance([Came(Maya) with { Arrived = At("10:05").AddSeconds(40) }]), "10:55");
        var before = given.State.AttendanceOf(Maya);
        given.Ward.Restart();
        given.State.AttendanceOf(Maya).ShouldBe(before);
        before!.Entry.Arrived.ShouldBe(At("10:05"));
    }

    private static DateTimeOffset? Clock(string? clock) => clock is null ? null : At(clock);
}
