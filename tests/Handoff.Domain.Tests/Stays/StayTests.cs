using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Stays;

public class StayTests
{
    private static readonly Patient Luis = new("100", "Chen", "Luis");

    private static readonly Admit TheAdmission = new("100", "Chen", "Luis", West, "1", At("08:00"));

    private static Given<Stay> Admitted(string bed = "1") => Given<Stay>(new Admitted(At("08:00"), Luis, West, bed, "V1"));

    [Fact]
    public void A_patient_is_admitted_on_the_units_clock() =>
        Given<Stay>()
            .When(TheAdmission with { At = At("08:00").ToUniversalTime() }, "08:01")
            .Then(new Admitted(At("08:00"), Luis, West, "1", null))
            .State.ShouldSatisfyAllConditions(
                s => s.IsHere().ShouldBeTrue(),
                s => s.OnUnit().ShouldBe(West),
                s => s.Where()!.Bed.ShouldBe("1")
            );

    [Fact]
    public void An_admission_heard_twice_changes_nothing() =>
        Admitted().When(TheAdmission with { Family = "Other", Unit = East }, "09:00").ThenNothing();

    [Fact]
    public void Nobody_is_admitted_who_is_here_under_that_number_unless_a_feed_knows_better()
    {
        static Given<Stay> Here(params Event[] later) =>
            Given<Stay>().And("stay-" + Another, [new Admitted(At("07:00"), Luis, East, "2", null), .. later]);

        Here().When(TheAdmission, "08:00").Then("patient-here");
        Here().When(TheAdmission with { Mrn = " 100 " }, "08:00").Then("patient-here");
        Here().When(TheAdmission with { Mrn = "101" }, "08:00").Then<Admitted>();
        Here().When(TheAdmission with { BedMayBeTaken = true }, "08:00").Then<Admitted>();
        Here(new Discharged(At("07:30"))).When(TheAdmission, "08:00").Then<Admitted>();
    }

    [Fact]
    public void No_discharge_is_undone_of_somebody_who_was_admitted_again_unless_a_feed_knows_better()
    {
        static Given<Stay> Left(params Event[] later) =>
            Given<Stay>(new Admitted(At("08:00"), Luis, West, "1", "V1"), new Discharged(At("09:00")))
                .And("stay-" + Another, [new Admitted(At("10:00"), Luis, East, "2", null), .. later]);

        Left().When(new CancelDischarge(), "11:00").Then("patient-here");
        Left().When(new CancelDischarge(At("11:00")), "11:00").Then<DischargeCancelled>();
        Left(new AdmissionCancelled(At("10:30"), null)).When(new CancelDischarge(), "11:00").Then<DischargeCancelled>();
        Left(new Merged(At("10:30"), "100", "900")).When(new CancelDischarge(), "11:00").Then<DischargeCancelled>();
    }

    [Theory]
    [InlineData(null, "Chen", West, "mrn-missing")]
    [InlineData("100", "Chen", null, "unit-missing")]
    [InlineData("100", "Chen", "9-north", "unit-unknown")]
    public void An_admission_says_who_and_where(string? mrn, string? family, string? unit, string code) =>
        Given<Stay>().When(TheAdmission with { Mrn = mrn, Family = family, Unit = unit }, "08:00").Then(code);

    [Fact]
    public void An_admission_of_absurd_content_is_refused()
    {
        foreach (
            var admission in new[]
            {
                TheAdmission with
                {
                    Mrn = new('1', 51),
                },
                TheAdmission with
                {
                    Family = new('x', 201),
                },
                TheAdmission with
                {
                    Given = new('x', 201),
                },
                TheAdmission with
                {
                    Preferred = new('x', 201),
                },
                TheAdmission with
                {
                    Sex = new('x', 41),
                },
                TheAdmission with
                {
                    Language = new('x', 61),
                },
            }
        )
        {
            Given<Stay>().When(admission, "08:00").Then("text-too-long");
        }

        Given<Stay>().When(TheAdmission with { Born = new(1800, 1, 1) }, "08:00").Then("birth-date-absurd");
        Given<Stay>().When(TheAdmission with { Born = new(2999, 1, 1) }, "08:00").Then("birth-date-in-future");
        Given<Stay>().When(TheAdmission with { At = At("08:10") }, "08:00").Then("time-in-future");
        Given<Stay>().When(TheAdmission with { At = At("08:00").AddYears(-2) }, "08:00").Then("time-absurd");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0191E4A0-0000-7000-8000-000000000001")]
    [InlineData("0191e4a0000070008000000000000001")]
    [InlineData("{0191e4a0-0000-7000-8000-000000000001}")]
    public void A_stay_has_one_spelling_of_its_id(string key) =>
        Given<Stay>().When(TheAdmission with { Key = key }, "08:00").Then("stay-id-invalid");

    [Fact]
    public void A_bed_is_one_of_the_units_and_free()
    {
        var taken = Admitted().And("stay-" + Another, new Admitted(At("07:00"), Luis with { Mrn = "200" }, West, "2", null));
        taken.When(new Transfer(West, "2"), "09:00").Then("bed-taken");
        taken.When(new Transfer(West, "17"), "09:00").Then("bed-unknown");
        taken.When(new Transfer(West, "2", BedMayBeTaken: true), "09:00").Then<Transferred>().Bed.ShouldBe("2");
        Given<Stay>().When(TheAdmission with { Bed = "17", BedMayBeTaken = true }, "08:00").Then<Admitted>().Bed.ShouldBe("17");
        Given<Stay>().When(TheAdmission with { Bed = new('x', 21), BedMayBeTaken = true }, "08:00").Then("text-too-long");
    }

    [Fact]
    public void Two_patients_without_a_bed_are_not_in_each_others() =>
        Given<Stay>()
            .And("stay-" + Another, new Admitted(At("07:00"), Luis with { Mrn = "200" }, West, null, null))
            .When(TheAdmission with { Bed = null }, "08:00")
            .Then<Admitted>();

    [Fact]
    public void Somebody_moves_patients_only_to_their_own_units()
    {
        var westOnly = People.Nurse with { Units = new HashSet<string> { West } };
        Admitted().When(new Transfer(East, "1"), "09:00", westOnly).Then("unit-not-yours");
        Given<Stay>().When(TheAdmission with { Unit = East }, "08:00", westOnly).Then("unit-not-yours");
    }

    [Fact]
    public void Nothing_happens_to_a_stay_that_is_not_there()
    {
        foreach (var command in EveryMovement())
        {
            Given<Stay>().When(command, "09:00").Then("stay-unknown");
        }
    }

    [Fact]
    public void Nothing_happens_after_the_discharge_but_its_cancellation_and_details()
    {
        var gone = Given<Stay>(new Admitted(At("08:00"), Luis, West, "1", null), new Discharged(At("12:00")));
        gone.State.OnUnit().ShouldBeNull();
        foreach (var command in EveryMovement().Where(c => c is Transfer or CancelTransfer or StartLeave or EndLeave or CancelAdmission))
        {
            gone.When(command, "13:00").Then("stay-over");
        }

        gone.When(new CorrectDetails(Given: "Louis"), "13:00").Then<DetailsCorrected>();
        gone.When(new Discharge(At("12:30")), "13:00").ThenNothing();
    }

    [Fact]
    public void A_patient_moves_and_moves_back()
    {
        var stay = Admitted().When(new Transfer(East, "3"), "09:00").Then(new Transferred(At("09:00"), West, "1", East, "3"));
        stay.State.OnUnit().ShouldBe(East);
        stay.When(new Transfer(East, "3"), "09:05").ThenNothing();
        stay.When(new CancelTransfer(), "09:10").Then(new TransferCancelled(At("09:10"), West, "1")).State.Where()!.Unit.ShouldBe(West);
        stay.When(new CancelTransfer(), "09:15").ThenNothing();
    }

    [Fact]
    public void An_older_transfer_heard_late_does_not_move_the_patient_back()
    {
        var stay = Admitted().When(new Transfer(East, "3", At("11:00")), "11:00").Then<Transferred>();
        stay.ShouldNotBeNull();
        var late = Given<Stay>(new Admitted(At("08:00"), Luis, West, "1", null), new Transferred(At("11:00"), West, "1", East, "3"));
        late.When(new Transfer(West, "2", At("10:00")), "11:30")
            .Then(new Transferred(At("10:00"), West, "1", West, "2"))
            .State.Where()!
            .Unit.ShouldBe(East);
        late.When(new Transfer(West, "2", At("10:00")), "11:31").ThenNothing();
        late.When(new Transfer(West, "2", At("07:00")), "11:31").Then("time-before-stay");
    }

    [Fact]
    public void A_leave_starts_once_and_ends_once()
    {
        var away = Admitted()
            .When(new StartLeave(LeaveKind.Pass, At("12:00"), " walk "), "10:00")
            .Then(new LeaveStarted(At("10:00"), LeaveKind.Pass, At("12:00"), "walk"));
        away.When(new StartLeave(LeaveKind.Pass, At("12:00")), "10:05").ThenNothing();
        away.When(new StartLeave(LeaveKind.Pass, null), "10:05").ThenNothing();
        away.When(new EndLeave(At("09:00")), "10:10").ThenNothing();
        away.When(new EndLeave(), "11:00").Then(new LeaveEnded(At("11:00")));
        away.When(new EndLeave(), "11:05").ThenNothing();
        away.When(new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:00")), "11:10").ThenNothing();
    }

    [Fact]
    public void A_leave_says_where_to_and_ends_after_it_began()
    {
        Admitted().When(new StartLeave(null, At("12:00")), "10:00").Then("kind-missing");
        Admitted().When(new StartLeave(LeaveKind.Court, At("09:00")), "10:00").Then("return-before-leave");
        Admitted().When(new StartLeave(LeaveKind.Court, null, At: At("07:00")), "10:00").Then("time-before-stay");
        Admitted().When(new StartLeave(LeaveKind.Court, null, new('x', 2_001)), "10:00").Then("text-too-long");
    }

    [Fact]
    public void A_return_is_overdue_once()
    {
        var away = Admitted().When(new StartLeave(LeaveKind.Pass, At("12:00")), "10:00").Given;
        away.State.Deadlines().ShouldHaveSingleItem().Due.ShouldBe(At("12:00"));
        away.When(new FindReturnOverdue(), "11:59").ThenNothing();
        away.When(new FindReturnOverdue(), "12:00").Then(new ReturnOverdue(At("12:00"), LeaveKind.Pass));
        away.When(new FindReturnOverdue(), "12:10").ThenNothing().State.Deadlines().ShouldBeEmpty();
        away.When(new StartLeave(LeaveKind.Pass, At("14:00")), "12:15").Then<LeaveStarted>();
        away.State.Deadlines().ShouldHaveSingleItem().Due.ShouldBe(At("14:00"));
    }

    [Fact]
    public void A_leave_without_a_return_time_is_never_overdue() =>
        Admitted().When(new StartLeave(LeaveKind.Hospital, null), "10:00").State.Deadlines().ShouldBeEmpty();

    [Fact]
    public void A_discharge_is_cancelled_once_and_only_by_a_later_message()
    {
        var gone = Admitted().When(new Discharge(At("12:00")), "12:00").Then(new Discharged(At("12:00")));
        gone.When(new CancelDischarge(At("11:00")), "12:05").ThenNothing();
        gone.When(new CancelDischarge(), "12:10").Then(new DischargeCancelled(At("12:10"))).State.IsHere().ShouldBeTrue();
        gone.When(new CancelDischarge(), "12:15").ThenNothing();
    }

    [Fact]
    public void Who_was_on_leave_when_a_discharge_came_that_is_cancelled_is_on_leave_still()
    {
        var away = Admitted().When(new StartLeave(LeaveKind.Hospital, At("14:00")), "10:00").Given;
        away.When(new Discharge(), "12:00").State.Leave.ShouldBeNull();
        var back = away.When(new CancelDischarge(), "12:10").State;
        (back.Leave?.Kind, back.Leave?.ExpectedReturn).ShouldBe((LeaveKind.Hospital, At("14:00")));
        away.Ward.Settle(At("12:10"));
        away.Ward.Of<Domain.Observations.Rounding>(Scenario.TheStay.ToString()).Pause!.IsLeave.ShouldBeTrue();
    }

    [Fact]
    public void An_admission_is_cancelled_once_and_may_come_again()
    {
        var cancelled = Admitted()
            .When(new CancelAdmission(Reason: "wrong patient"), "08:30")
            .Then(new AdmissionCancelled(At("08:30"), "wrong patient"));
        cancelled.State.OnUnit().ShouldBeNull();
        cancelled.When(new CancelAdmission(), "08:31").ThenNothing();
        cancelled.When(new CancelAdmission(Reason: new('x', 2_001)), "08:31").ThenNothing();
        cancelled.When(TheAdmission with { At = At("09:00"), Bed = "2" }, "09:00").Then<Admitted>();
        cancelled.State.ShouldSatisfyAllConditions(
            s => s.IsHere().ShouldBeTrue(),
            s => s.Placements.Count.ShouldBe(1),
            s => s.Where()!.Bed.ShouldBe("2")
        );
    }

    [Fact]
    public void Details_change_only_where_they_are_given()
    {
        var stay = Admitted()
            .When(new CorrectDetails(Preferred: "Lou", At: At("10:00")), "10:00")
            .Then(new DetailsCorrected(At("10:00"), Luis with { Preferred = "Lou" }));
        stay.When(new CorrectDetails(Preferred: "Lou", At: At("11:00")), "11:00").ThenNothing();
    }

    [Fact]
    public void Older_details_do_not_undo_newer_ones()
    {
        var stay = Admitted().When(new CorrectDetails(Given: "Louis", At: At("10:00")), "10:00").Given;
        stay.When(new CorrectDetails(Given: "Lewis", At: At("09:00")), "10:30").ThenNothing();
        stay.When(new CorrectDetails(Given: "Lewis", At: At("10:30")), "10:30").Then<DetailsCorrected>();
    }

    [Fact]
    public void A_merge_gives_the_record_number_that_stays()
    {
        var stay = Admitted().When(new Merge(" 900 "), "10:00").Then(new Merged(At("10:00"), "100", "900"));
        stay.When(new Merge("900"), "10:01").ThenNothing();
        stay.When(new Merge(null), "10:01").Then("mrn-missing");
        stay.When(new Merge(new('9', 51)), "10:01").Then("text-too-long");
        stay.When(new CorrectDetails(Given: "Louis"), "10:05").Then<DetailsCorrected>().Patient.Mrn.ShouldBe("900");
    }

    [Fact]
    public void A_stay_says_itself_in_the_units_time()
    {
        new Transferred(At("09:00").ToUniversalTime(), West, "1", East, null)
            .Sentence(NewYork)
            .ShouldBe("Moved from 2-west, bed 1 to 2-east at 09:00.");
        new LeaveStarted(At("09:00"), LeaveKind.Court, At("12:00"), "hearing")
            .Sentence(NewYork)
            .ShouldBe("Left at 09:00: at court (hearing); expected back Wed 18 Nov 12:00.");
    }

    public static Command<Stay>[] EveryMovement() =>
        [
            new CancelAdmission(),
            new Transfer(West, "2"),
            new CancelTransfer(),
            new StartLeave(LeaveKind.Pass, null),
            new EndLeave(),
            new Discharge(),
            new CancelDischarge(),
            new CorrectDetails(Given: "x"),
            new Merge("900"),
        ];

    [Fact]
    public void Who_is_not_back_in_time_is_an_open_point_until_they_are()
    {
        var ward = Ward.Usual();
        var maya = Scenario.TheStay.ToString();
        ward.Send(new Admit("M1", "Brook", "Maya", Ward.West, "1") { Key = maya }, Times.At("08:00"));
        ward.Settle(Times.At("08:00"));
        ward.Send(new StartLeave(LeaveKind.Pass, Times.At("10:00")) { Key = maya }, Times.At("09:00"));
        ward.Settle(Times.At("09:00"));
        ward.Of<Stay>(maya).OpenLoops().ShouldBeEmpty();
        ward.Settle(Times.At("10:01"));
        var loop = ward.Of<Stay>(maya).OpenLoops().ShouldHaveSingleItem();
        (loop.Kind, loop.Stay, loop.Due, loop.Words).ShouldBe(("return", Scenario.TheStay, Times.At("10:00"), "not back (on a pass)"));
        ward.Restart();
        ward.Of<Stay>(maya).OpenLoops().ShouldHaveSingleItem();
        ward.Send(new EndLeave { Key = maya }, Times.At("10:20"));
        ward.Of<Stay>(maya).OpenLoops().ShouldBeEmpty();
    }

    [Fact]
    public void A_pause_that_lasts_longer_than_was_said_is_an_open_point_until_checks_go_on()
    {
        var ward = Ward.Usual();
        var maya = Scenario.TheStay.ToString();
        ward.Send(new Admit("M1", "Brook", "Maya", Ward.West, "1") { Key = maya }, Times.At("08:00"));
        ward.Settle(Times.At("08:00"));
        ward.Send(new Domain.Observations.PauseObservation("appointment", Times.At("10:00")) { Key = maya }, Times.At("09:00"))
            .Refusal.ShouldBeNull();
        ward.Settle(Times.At("10:01"));
        ward.Of<Domain.Observations.Rounding>(maya)
            .OpenLoops()
            .ShouldHaveSingleItem()
            .Words.ShouldBe("checks still paused (Appointment outside the unit)");
        ward.Send(new Domain.Observations.ResumeObservation { Key = maya }, Times.At("10:20")).Refusal.ShouldBeNull();
        ward.Of<Domain.Observations.Rounding>(maya).OpenLoops().ShouldBeEmpty();
    }
}
