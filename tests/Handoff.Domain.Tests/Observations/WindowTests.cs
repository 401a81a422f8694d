using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Observations.RoundingTests;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Observations;

/// <summary>What moves the window in which somebody must look, and what must not.</summary>
public class WindowTests
{
    private static readonly RecordCheck Awake = new("Room", false);

    private static TakeBackCheck TakeBack(Given<Rounding> given) => new(given.State.Last()!.Check, "wrong patient");

    [Fact]
    public void A_check_entered_in_error_gives_the_window_back()
    {
        var given = Rounded().When(Awake, "10:00").Given;
        var before = given.State.Due;
        given.When(Awake, "10:05");
        var wrong = TakeBack(given);
        given.When(wrong, "10:06").Then(new CheckEnteredInError(At("10:06"), wrong.Check!.Value, "wrong patient"));
        given.State.Due.ShouldBe(before);
        given.When(wrong, "10:07").ThenNothing();
        given.When(wrong with { Check = null }, "10:07").Then("check-missing");
        given.When(wrong with { Reason = " " }, "10:07").Then("reason-missing");
    }

    [Fact]
    public void The_first_check_of_a_stay_entered_in_error_gives_the_first_window_back()
    {
        var given = Rounded().When(Awake, "08:10").Given;
        given.When(TakeBack(given), "08:11").State.Due.ShouldBe(DueWindow.AtOnce(At("08:00"), Minutes(15)));
    }

    [Fact]
    public void The_first_check_after_a_return_entered_in_error_gives_the_window_of_the_return_back()
    {
        var given = Rounded()
            .When(Awake, "10:00")
            .Given.When(new PauseObservation("procedure", At("11:00")), "10:05")
            .Given.When(new ResumeObservation(), "10:50")
            .Given;
        given.When(Awake, "10:55");
        given.When(TakeBack(given), "10:56").State.Due.ShouldBe(new(At("10:50"), At("10:52")));
    }

    [Fact]
    public void The_first_check_after_a_raise_entered_in_error_gives_the_window_of_the_order_back()
    {
        var given = Rounded().When(Awake, "10:00").Given.When(new OrderLevel(ObservationLevel.Q5, "x"), "10:05").Given;
        given.When(Awake, "10:07");
        given.When(TakeBack(given), "10:08").State.Due.ShouldBe(new(At("10:05"), At("10:10")));
    }

    [Fact]
    public void Checks_taken_back_in_any_order_give_the_last_true_window_back()
    {
        var given = Rounded().When(Awake, "10:00").Given;
        var before = given.State.Due;
        var wrong = new[] { "10:05", "10:08", "10:11" }
            .Select(at =>
            {
                given.When(Awake, at);
                return TakeBack(given);
            })
            .ToList();
        foreach (var at in (int[])[1, 0, 2])
        {
            given.When(wrong[at], "10:12").Then<CheckEnteredInError>();
        }

        given.State.Due.ShouldBe(before);
    }

    [Fact]
    public void When_all_that_is_remembered_is_taken_back_the_window_before_it_counts()
    {
        var given = Rounded().When(Awake, "10:00").Given;
        var before = given.State.Due;
        var wrong = Enumerable
            .Range(1, 4)
            .Select(i =>
            {
                given.When(Awake, At("10:00").AddMinutes(i));
                return TakeBack(given);
            })
            .ToList();
        wrong.ForEach(w => given.When(w, "10:06").Then<CheckEnteredInError>());
        given.State.Due.ShouldBe(before);
    }

    [Fact]
    public void A_limit_that_was_said_is_not_said_again_after_a_check_is_taken_back()
    {
        var given = Rounded().When(Awake, "10:00").Given;
        given.When(new FindCheckMissed(), "10:15").Then<CheckMissed>();
        given.When(Awake, "10:20");
        given.When(TakeBack(given), "10:22");
        given.State.Missed.ShouldBe(1);
        given.State.Deadlines().ShouldHaveSingleItem().Due.ShouldBe(At("10:30"));
        given.When(new FindCheckMissed(), "10:23").ThenNothing();
        given.When(new FindCheckMissed(), "10:30").Then(new CheckMissed(At("10:30"), At("10:00"), 15, 2, Raises: true));
    }

    [Fact]
    public void A_limit_that_an_erroneous_check_hid_is_said_when_the_check_is_taken_back()
    {
        var given = Rounded().When(Awake, "10:00").Given.When(Awake, "10:10").Given;
        var wrong = TakeBack(given);
        given
            .When(wrong, "10:20")
            .Then(
                new CheckEnteredInError(At("10:20"), wrong.Check!.Value, "wrong patient"),
                new CheckMissed(At("10:15"), At("10:00"), 15, 1, FoundLater: true)
            );
        given.When(new FindCheckMissed(), "10:20").ThenNothing();
    }

    [Fact]
    public void A_late_entry_from_before_a_leave_does_not_open_the_old_window_again()
    {
        var given = Rounded()
            .When(Awake, "10:00")
            .Given.When(new PauseObservation("procedure", At("12:00")), "10:05")
            .Given.When(new ResumeObservation(), "12:00")
            .Given;
        given.When(Awake with { At = At("10:04") }, "12:05").Then<SafetyChecked>();
        given.State.Due.ShouldBe(new(At("12:00"), At("12:02")));
        given.When(new FindCheckMissed(), "12:01").ThenNothing();
    }

    [Fact]
    public void A_late_entry_from_before_a_raise_does_not_take_the_orders_time_away()
    {
        var given = Rounded().When(Awake, "10:00").Given.When(new OrderLevel(ObservationLevel.Q5, "x"), "10:05").Given;
        given.When(Awake with { At = At("10:01") }, "10:06").State.Due.ShouldBe(new(At("10:05"), At("10:10")));
    }

    [Fact]
    public void An_order_is_not_a_sighting_so_a_raise_never_puts_the_limit_off()
    {
        var given = Rounded().When(Awake, "10:00").Given;
        given.When(new OrderLevel(ObservationLevel.Q5, "x"), "10:12").State.Due.ShouldBe(new(At("10:12"), At("10:15")));
    }

    [Fact]
    public void Who_is_overdue_is_still_overdue_after_a_raise()
    {
        var given = Rounded().When(Awake, "10:00").Given.When(new FindCheckMissed(), "10:15").Given;
        given.When(new OrderLevel(ObservationLevel.Q5, "x"), "10:27").State.Due.ShouldBe(new(At("10:27"), At("10:27")));
        given.When(new FindCheckMissed(), "10:27").Then(new CheckMissed(At("10:27"), At("10:00"), 5, 1));
        given.When(new FindCheckMissed(), "10:32").Then(new CheckMissed(At("10:32"), At("10:00"), 5, 2, Raises: true));
    }

    [Fact]
    public void The_same_level_ordered_for_longer_says_no_limit_twice()
    {
        var given = Rounded().When(Awake, "10:00").Given.When(new FindCheckMissed(), "10:15").Given;
        given.When(new OrderLevel(ObservationLevel.Q15, "x", At("18:00")), "10:20").Then<ObservationLevelOrdered>();
        given.State.ShouldSatisfyAllConditions(s => s.Missed.ShouldBe(1), s => s.Due!.Limit.ShouldBe(At("10:15")));
        given.When(new FindCheckMissed(), "10:21").ThenNothing();
    }

    [Fact]
    public void Who_is_overdue_on_Q5_and_raised_to_line_of_sight_has_not_missed_a_second_limit()
    {
        var given = Rounded()
            .When(new OrderLevel(ObservationLevel.Q5, "x"), "09:59")
            .Given.When(Awake, "10:00")
            .Given.When(new FindCheckMissed(), "10:05")
            .Given;
        given
            .When(new OrderLevel(ObservationLevel.LineOfSight, "x"), "10:07")
            .State.ShouldSatisfyAllConditions(s => s.Due!.Limit.ShouldBe(At("10:05")), s => s.Missed.ShouldBe(1));
        given.When(new FindCheckMissed(), "10:19").ThenNothing();
        given.When(new FindCheckMissed(), "10:20").Then(new CheckMissed(At("10:20"), At("10:00"), 15, 2, Raises: true));
    }

    [Fact]
    public void A_level_lowered_after_a_return_counts_from_the_last_sighting_and_buys_no_time()
    {
        var given = Rounded()
            .When(Awake, "10:00")
            .Given.When(new PauseObservation("procedure", At("12:00")), "10:05")
            .Given.When(new ResumeObservation(), "12:00")
            .Given;
        given.When(new OrderLevel(ObservationLevel.Q30, "Calm"), "12:01").State.Due!.Limit.ShouldBe(At("12:02"));
    }

    [Fact]
    public void A_level_lowered_before_the_first_sighting_counts_from_the_beginning() =>
        Rounded().When(new OrderLevel(ObservationLevel.Q30, "Calm"), "08:10").State.Due!.Limit.ShouldBe(At("08:30"));

    [Fact]
    public void A_level_raised_and_lowered_again_counts_from_the_last_sighting()
    {
        var given = Rounded().When(new OrderLevel(ObservationLevel.Q60, "Calm"), "08:01").Given.When(Awake, "10:00").Given;
        given.When(new OrderLevel(ObservationLevel.Q15, "x"), "10:50").State.Due!.Limit.ShouldBe(At("11:00"));
        given.When(new OrderLevel(ObservationLevel.Q60, "Mistake"), "10:55").State.Due!.Limit.ShouldBe(At("11:00"));
    }

    [Fact]
    public void Only_who_may_order_changes_how_long_an_order_holds()
    {
        var given = Rounded().When(new OrderLevel(ObservationLevel.Q5, "x", At("12:00")), "10:00").Given;
        given
            .When(new OrderLevel(ObservationLevel.Q5, "x", At("18:00")), "10:05", People.Technician)
            .Then("level-renewal-needs-prescriber");
        given.When(new OrderLevel(ObservationLevel.Q5, "x", At("12:00")), "10:05", People.Technician).ThenNothing();
    }

    [Fact]
    public void A_check_made_before_the_discharge_can_still_be_entered_and_taken_back()
    {
        var given = Rounded(new RoundingEnded(At("12:00")));
        given
            .When(Awake with { At = At("11:50") }, "12:20")
            .Decision.Events[^1]
            .ShouldBe(new CheckMissed(At("08:15"), null, 15, 15, SeenAgain: At("11:50")));
        given.State.ShouldSatisfyAllConditions(s => s.Due.ShouldBeNull(), s => s.Deadlines().ShouldBeEmpty());
        given.When(Awake with { At = At("12:01") }, "12:20").Then("stay-over");
        given.When(TakeBack(given), "12:25").Decision.Events.Select(e => e.GetType()).ShouldBe([typeof(CheckEnteredInError)]);
        given.State.Due.ShouldBeNull();
    }

    [Fact]
    public void A_longer_pause_is_kept_and_has_still_begun_when_it_began()
    {
        var given = Rounded().When(new PauseObservation("procedure", At("11:00")), "10:05").Given;
        given.When(new PauseObservation("procedure", At("12:00")), "10:50").Then<ObservationPaused>();
        given.State.Pause.ShouldBe(
            new(At("10:05"), "Procedure or test", At("12:00"), false, Stood: DueWindow.AtOnce(At("08:00"), Minutes(15)))
        );
        given.When(new PauseObservation("procedure", At("12:00")), "10:51").ThenNothing();
    }

    [Fact]
    public void A_pause_of_a_patient_on_leave_is_refused() =>
        Rounded(new ObservationPaused(At("09:00"), "on a pass", null, true))
            .When(new PauseObservation("procedure", At("11:00")), "10:00")
            .Then("on-leave");

    [Fact]
    public void A_pause_that_outlives_its_expected_return_is_said_once_also_after_a_restart()
    {
        var paused = Rounded(new ObservationPaused(At("09:00"), "X-ray", At("09:30"), IsLeave: false));
        var lapse = paused.State.Deadlines().ShouldHaveSingleItem();
        lapse.Due.ShouldBe(At("09:30"));
        paused.When((FindPauseOverdue)lapse.Timeout, "09:29").ThenNothing();
        var overdue = paused.When((FindPauseOverdue)lapse.Timeout, "11:00").Then<PauseOverdue>();
        overdue.OccurredAt.ShouldBe(At("09:30"));

        var after = Rounded(new ObservationPaused(At("09:00"), "X-ray", At("09:30"), IsLeave: false), overdue);
        after.State.Deadlines().ShouldBeEmpty();
        after.When((FindPauseOverdue)lapse.Timeout, "12:00").ThenNothing();
    }
}
