using Handoff.Domain.Access;
using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Groups;

public class GroupTests
{
    private static readonly ScheduleGroup Coping = new(
        West,
        GroupType.Educational,
        " Coping skills ",
        "R. Vance, MHT",
        At("10:00"),
        45,
        "Group room",
        12,
        "Name two skills"
    );

    /// <summary>A session from 10:00 to 10:45.</summary>
    internal static Given<Group> Planned(params Event[] events) =>
        Given<Group>([
            new GroupScheduled(
                At("08:00"),
                West,
                GroupType.Educational,
                "Coping skills",
                "R. Vance, MHT",
                "Group room",
                12,
                null,
                new(2026, 11, 18),
                At("10:00"),
                At("10:45"),
                null
            ),
            .. events,
        ]);

    [Fact]
    public void A_session_is_planned_by_the_units_clock()
    {
        var planned = Given<Group>().When(Coping, "08:00", People.Nurse).Then<GroupScheduled>();
        planned.ShouldSatisfyAllConditions(
            p => p.Topic.ShouldBe("Coping skills"),
            p => p.Day.ShouldBe(new(2026, 11, 18)),
            p => p.Starts.Offset.ShouldBe(TimeSpan.FromHours(-5)),
            p => p.Ends.ShouldBe(At("10:45")),
            p => p.About().ShouldBeEmpty()
        );
        planned
            .Sentence(NewYork)
            .ShouldBe("Group planned for Wed 18 Nov 10:00–10:45: Coping skills (psycho-education), R. Vance, MHT, Group room.");
    }

    [Fact]
    public void A_session_is_on_the_board_of_its_unit() => Planned().State.OnUnit().ShouldBe(West);

    [Fact]
    public void A_plan_without_what_must_be_said_is_refused()
    {
        var empty = Given<Group>();
        empty.When(Coping with { Unit = null }, "08:00").Then("unit-missing");
        empty.When(Coping with { Unit = "9-north" }, "08:00").Then("unit-unknown");
        empty.When(Coping, "08:00", People.Nurse with { Units = new HashSet<string> { East } }).Then("unit-not-yours");
        empty.When(Coping with { Type = null }, "08:00").Then("type-missing");
        empty.When(Coping with { Topic = " " }, "08:00").Then("topic-missing");
        empty.When(Coping with { Topic = new('x', 121) }, "08:00").Then("text-too-long");
        empty.When(Coping with { Facilitator = "" }, "08:00").Then("facilitator-missing");
        empty.When(Coping with { Capacity = 0 }, "08:00").Then("capacity-out-of-range");
        empty.When(Coping with { Starts = null }, "08:00").Then("starts-missing");
        empty.When(Coping with { Starts = At("08:00").AddDays(-2) }, "08:00").Then("starts-long-ago");
        empty.When(Coping with { Starts = At("08:00").AddYears(2) }, "08:00").Then("starts-far-off");
        empty.When(Coping with { Minutes = 4 }, "08:00").Then("minutes-out-of-range");
        empty.When(Coping with { Key = "tuesday" }, "08:00").Then("group-id-invalid");
    }

    [Fact]
    public void A_plan_that_is_repeated_changes_nothing_and_another_one_under_its_id_is_refused()
    {
        Planned().When(Coping, "08:30").ThenNothing();
        Planned().When(Coping with { Topic = "Anger" }, "08:30").Then("group-exists");
    }

    [Fact]
    public void A_session_starts_and_ends_and_both_times_can_be_put_right()
    {
        var started = Planned().When(new StartGroup(), "10:03").Then<GroupStarted>();
        started.Sentence(NewYork).ShouldBe("Coping skills began at 10:03.");
        var given = Planned(started).When(new StartGroup(At("10:05")), "10:20").Then(new GroupStarted(At("10:05"), "Coping skills"));
        given.When(new StartGroup(), "10:21").ThenNothing();
        given.When(new EndGroup(At("10:05")), "10:40").Then("end-before-start");
        given.When(new EndGroup(), "10:50").Then(new GroupEnded(At("10:50"), "Coping skills"));
        given.When(new StartGroup(At("10:50")), "11:00").Then("start-after-end");
        (given.State.Begin(), given.State.End()).ShouldBe((At("10:05"), At("10:50")));
    }

    [Fact]
    public void A_session_ends_only_after_it_began_and_begins_only_on_its_day()
    {
        Planned().When(new EndGroup(), "10:45").Then("group-not-started");
        Planned().When(new StartGroup(), "07:59").Then("group-not-yet");
        Planned().When(new StartGroup(At("10:30")), "10:00").Then("time-in-future");
        Given<Group>().When(new StartGroup(), "10:00").Then("group-unknown");
    }

    [Fact]
    public void A_session_is_cancelled_with_a_reason_unless_it_was_held()
    {
        Planned().When(new CancelGroup(" "), "09:00").Then("reason-missing");
        var cancelled = Planned().When(new CancelGroup("Facilitator ill"), "09:00", People.Nurse).Then<GroupCancelled>();
        cancelled.Sentence(NewYork).ShouldBe("Coping skills was cancelled: Facilitator ill");
        Planned(cancelled).When(new CancelGroup("Again"), "09:10").ThenNothing();
        Planned(cancelled).When(new StartGroup(), "10:00").Then("group-cancelled");
        Planned(new GroupStarted(At("10:00"), "Coping skills")).When(new CancelGroup("Nobody came"), "10:10").Then("group-held");
    }

    [Fact]
    public void A_session_that_ended_without_a_roster_is_an_open_loop()
    {
        var ended = Planned(new GroupStarted(At("10:00"), "Coping skills"), new GroupEnded(At("10:45"), "Coping skills"));
        var loop = ended.State.OpenLoops().ShouldHaveSingleItem();
        (loop.Kind, loop.Stay, loop.Since, loop.Link).ShouldBe(
            ("group-attendance", (Guid?)null, At("10:45"), $"/units/{West}/groups/{TheStay}")
        );
        Planned().State.OpenLoops().ShouldBeEmpty();
    }

    [Fact]
    public void Technicians_record_and_do_not_plan()
    {
        People.Technician.May(Permission.RecordAttendance).ShouldBeTrue();
        People.Technician.May(Permission.ScheduleGroup).ShouldBeFalse();
        People.Of(Role.Clinician, "C").May(Permission.ScheduleGroup).ShouldBeTrue();
        People.Of(Role.Auditor, "A").May(Permission.RecordAttendance).ShouldBeFalse();
    }
}
