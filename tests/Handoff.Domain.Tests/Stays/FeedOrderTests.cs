using FsCheck;
using FsCheck.Fluent;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Stays;

/// <summary>
/// A hospital's feed repeats itself and comes late and out of order. The patient must not vanish from the board for that, nor jump about.
/// </summary>
public class FeedOrderTests
{
    private static readonly Patient Luis = new("100", "Chen", "Luis");

    private static readonly Admit Admission = new("100", "Chen", "Luis", West, "1", At("08:00"), BedMayBeTaken: true)
    {
        Key = TheStay.ToString(),
    };

    /// <summary>One stay's day as the hospital meant it.</summary>
    private static readonly Command<Stay>[] Day =
    [
        Admission,
        new Transfer(West, "2", At("09:00"), BedMayBeTaken: true),
        new Transfer(East, "3", At("09:10"), BedMayBeTaken: true),
        new CancelTransfer(At("09:20")),
        new CorrectDetails(Given: "Louis", At: At("09:30")),
        new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:00")),
        new EndLeave(At("11:00")),
        new Discharge(At("11:30")),
        new CancelDischarge(At("11:40")),
        new CorrectDetails(Preferred: "Lou", At: At("11:50")),
        new Merge("900", At("12:00")),
    ];

    private static Given<Stay> Admitted() => Given<Stay>(new Admitted(At("08:00"), Luis, West, "1", "V1"));

    [Fact]
    public void A_discharge_heard_again_after_its_cancellation_does_not_take_the_patient_off_the_board()
    {
        var back = Given<Stay>(
            new Admitted(At("08:00"), Luis, West, "1", null),
            new Discharged(At("11:30")),
            new DischargeCancelled(At("11:40"))
        );
        back.When(new Discharge(At("11:30")), "12:00").ThenNothing().State.IsHere().ShouldBeTrue();
        back.When(new Discharge(At("13:00")), "13:00").Then<Discharged>();
    }

    [Fact]
    public void A_discharge_whose_cancellation_came_first_does_not_take_the_patient_off_the_board()
    {
        var stay = Admitted().When(new CancelDischarge(At("11:40")), "11:40").Then(new DischargeCancelled(At("11:40")));
        stay.When(new CancelDischarge(At("11:40")), "11:41").ThenNothing();
        stay.When(new Discharge(At("11:30")), "11:45").ThenNothing().State.IsHere().ShouldBeTrue();
        Admitted().When(new CancelDischarge(), "11:40").ThenNothing();
    }

    [Fact]
    public void A_leave_whose_end_came_first_does_not_pause_the_checks()
    {
        var stay = Admitted().When(new EndLeave(At("11:00")), "11:00").Then(new LeaveEnded(At("11:00")));
        stay.When(new EndLeave(At("11:00")), "11:01").ThenNothing();
        var heard = stay.When(new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:00")), "11:02");
        heard
            .Then(new LeaveStarted(At("10:00"), LeaveKind.Pass, At("12:00"), null), new LeaveEnded(At("11:00")))
            .State.Leave.ShouldBeNull();
        stay.When(new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:00")), "11:03").ThenNothing();
    }

    [Fact]
    public void A_leave_that_was_cancelled_before_it_was_heard_of_is_told_nowhere()
    {
        var heard = Admitted().When(new EndLeave(At("11:00"), IsCancelled: true), "11:00").Given;
        heard.When(new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:00")), "11:02").ThenNothing();
        heard.State.PastLeaves.ShouldBeEmpty();
    }

    [Fact]
    public void A_leave_that_went_on_to_somewhere_else_and_was_cancelled_leaves_nothing_of_itself()
    {
        var away = Admitted().When(new StartLeave(LeaveKind.OffUnit, null, At: At("10:00")), "10:00").Given;
        away.When(new StartLeave(LeaveKind.Hospital, null, At: At("10:30")), "10:30");
        away.When(new EndLeave(At("10:40"), IsCancelled: true), "10:40");
        (away.State.Leave, away.State.PastLeaves.Count).ShouldBe((null, 0));
    }

    [Fact]
    public void An_older_word_of_a_leave_does_not_undo_a_newer_one()
    {
        var away = Admitted().When(new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:00")), "10:00").Given;
        away.When(new StartLeave(LeaveKind.Hospital, null, At: At("10:30")), "10:30").Then<LeaveStarted>();
        away.When(new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:00")), "10:40")
            .ThenNothing()
            .State.Leave!.Kind.ShouldBe(LeaveKind.Hospital);
    }

    [Fact]
    public void A_longer_leave_has_still_begun_when_it_began()
    {
        var away = Admitted().When(new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:00")), "10:00").Given;
        away.When(new StartLeave(LeaveKind.Pass, At("16:00")), "11:50").Then<LeaveStarted>();
        away.State.Leave.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(l => l.Since.ShouldBe(At("10:00")), l => l.ExpectedReturn.ShouldBe(At("16:00")));
        away.When(new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:00")), "11:55").ThenNothing();
    }

    [Fact]
    public void A_cancelled_transfer_heard_twice_undoes_one_transfer()
    {
        var stay = Given<Stay>(
            new Admitted(At("08:00"), Luis, West, "1", null),
            new Transferred(At("09:00"), West, "1", West, "2"),
            new Transferred(At("09:10"), West, "2", East, "3")
        );
        stay.When(new CancelTransfer(At("09:20")), "09:20").Then(new TransferCancelled(At("09:20"), West, "2"));
        stay.When(new CancelTransfer(At("09:20")), "09:21").ThenNothing();
        stay.When(new Transfer(East, "3", At("09:10")), "09:22").ThenNothing().State.Where()!.Bed.ShouldBe("2");
    }

    [Fact]
    public void A_cancelled_transfer_heard_before_its_transfer_is_to_be_heard_again()
    {
        Admitted().When(new CancelTransfer(At("09:20")), "09:20").Then("transfer-unknown");
        Admitted().When(new CancelTransfer(), "09:20").ThenNothing();
    }

    [Fact]
    public void A_cancelled_transfer_that_says_where_the_patient_is_again_undoes_no_other()
    {
        var stay = Given<Stay>(new Admitted(At("08:00"), Luis, West, "1", null), new Transferred(At("09:00"), West, "1", West, "2"));
        var cancel = new CancelTransfer(At("09:20"), West, "2");
        stay.When(cancel, "09:20").Then("transfer-unknown");
        stay.When(new Transfer(East, "3", At("09:10")), "09:21").Then<Transferred>();
        stay.When(cancel, "09:22").Then(new TransferCancelled(At("09:20"), West, "2"));
        stay.When(cancel with { At = At("09:25") }, "09:25").ThenNothing();
    }

    [Fact]
    public void An_admission_heard_again_after_its_cancellation_does_not_bring_the_patient_back()
    {
        var cancelled = Given<Stay>(new Admitted(At("08:00"), Luis, West, "1", null), new AdmissionCancelled(At("08:30"), null));
        cancelled.When(Admission, "08:40").ThenNothing();
        cancelled.When(Admission with { At = At("08:35") }, "08:40").Then<Admitted>();
    }

    [Fact]
    public void A_cancelled_transfer_heard_late_undoes_the_one_that_it_speaks_of()
    {
        var stay = Given<Stay>(
            new Admitted(At("08:00"), Luis, West, "1", null),
            new Transferred(At("09:00"), West, "1", West, "2"),
            new Transferred(At("10:00"), West, "2", East, "3")
        );
        stay.When(new CancelTransfer(At("09:05")), "10:05").Then<TransferCancelled>();
        stay.State.Placements.Select(p => p.Bed).ShouldBe(["1", "3"]);
        stay.State.OnUnit().ShouldBe(East);
    }

    [Fact]
    public void A_transfer_heard_again_after_a_second_one_of_the_same_minute_changes_nothing()
    {
        var stay = Given<Stay>(
            new Admitted(At("08:00"), Luis, West, "1", null),
            new Transferred(At("09:00"), West, "1", West, "2"),
            new Transferred(At("09:00"), West, "2", East, "3")
        );
        stay.When(new Transfer(West, "2", At("09:00")), "09:05").ThenNothing().State.OnUnit().ShouldBe(East);
    }

    [Fact]
    public void An_older_merge_does_not_bring_back_the_number_that_was_given_up()
    {
        var stay = Admitted().When(new Merge("900", At("10:00")), "10:00").Given.When(new Merge("950", At("11:00")), "11:00").Given;
        stay.When(new Merge("900", At("10:00")), "11:05").ThenNothing().State.Patient.Mrn.ShouldBe("950");
    }

    [Fact]
    public void A_cancellation_from_the_future_is_refused()
    {
        foreach (
            var command in new Command<Stay>[]
            {
                new CancelAdmission(At("10:00")),
                new CancelTransfer(At("10:00")),
                new CancelDischarge(At("10:00")),
                new Merge("900", At("10:00")),
            }
        )
        {
            Admitted().When(command, "09:00").Then("time-in-future");
        }
    }

    [Fact]
    public void In_its_order_the_day_ends_as_it_was_meant() => AsMeant(Heard(Day));

    [Fact]
    public void The_day_heard_twice_over_ends_the_same() => AsMeant(Heard([.. Day, .. Day]));

    [Fact]
    public void Each_message_heard_twice_in_a_row_changes_nothing() => AsMeant(Heard([.. Day.SelectMany(m => new[] { m, m })]));

    [Fact]
    public void Whatever_the_order_nothing_breaks_and_the_day_told_again_ends_as_it_was_meant() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(100),
            Prop.ForAll(
                Shuffled().ToArbitrary(),
                shuffled =>
                {
                    var stay = Heard([.. shuffled, .. Day]);
                    stay.IsHere().ShouldBeTrue();
                    stay.Leave.ShouldBeNull();
                    stay.Placements.ShouldNotBeEmpty();
                    stay.Placements.Select(p => p.Since).ShouldBeInOrder();
                    stay.Patient.Mrn.ShouldBe("900");
                }
            )
        );

    [Fact]
    public void With_the_admission_first_no_order_leaves_the_patient_discharged_or_on_leave() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(100),
            Prop.ForAll(
                Shuffled().ToArbitrary(),
                shuffled =>
                {
                    var stay = Heard([Admission, .. shuffled.Concat(Day.Skip(1).Except(shuffled))]);
                    stay.IsHere().ShouldBeTrue();
                    stay.Leave.ShouldBeNull();
                }
            )
        );

    private static Gen<Command<Stay>[]> Shuffled() =>
        from twice in Gen.SubListOf(Day)
        from all in Gen.Shuffle(Day.Concat(twice).ToArray())
        from count in Gen.Choose(0, all.Length)
        select all.Take(count).ToArray();

    // What is refused is held, and tried again afterwards.
    private static Stay Heard(params Command<Stay>[] messages)
    {
        var ward = Usual();
        var at = At("12:00");
        var held = messages.Where(m => ward.Send(m with { Key = TheStay.ToString() }, at = at.AddSeconds(10)).Refusal is not null).ToList();
        held.ForEach(m => ward.Send(m with { Key = TheStay.ToString() }, at = at.AddSeconds(10)));
        ward.Restart();
        return ward.Of<Stay>(TheStay.ToString());
    }

    private static void AsMeant(Stay stay) =>
        stay.ShouldSatisfyAllConditions(
            s => s.IsHere().ShouldBeTrue(),
            s => s.Where()!.Bed.ShouldBe("2"),
            s => s.OnUnit().ShouldBe(West),
            s => s.Leave.ShouldBeNull(),
            s => s.Patient.ShouldBe(Luis with { Mrn = "900", Given = "Louis", Preferred = "Lou" })
        );
}
