using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Observations.RoundingTests;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Observations;

/// <summary>What the checks say is so also after they were struck, entered late, paused, or made by somebody in a hurry.</summary>
public class HonestyTests
{
    private static readonly RecordCheck Awake = new("Room", false);

    private static readonly RecordCheck Asleep = new("Room", true, true);

    private static readonly RecordCheck NotBreathing = new("Room", true, false);

    private static Guid Check(Given<Rounding> given, string clock) =>
        given.Ward.Log.Last(r => r.Event is SafetyChecked c && c.OccurredAt == At(clock)).Id;

    private static Given<Rounding> Seen(params string[] clocks) =>
        clocks.Aggregate(Rounded(), (given, clock) => given.When(Awake, clock).Given);

    // A gap can't be hidden.

    [Fact]
    public void A_gap_that_a_struck_check_had_hidden_between_two_sightings_is_said_with_the_time_at_which_it_fell_due()
    {
        var given = Seen("10:00", "10:14", "10:28");
        var struck = given.When(new TakeBackCheck(Check(given, "10:14"), "other patient"), "10:30").Decision.Events.ToList();
        struck.Select(e => e.GetType()).ShouldBe([typeof(CheckEnteredInError), typeof(CheckMissed)]);
        struck[1].ShouldBe(new CheckMissed(At("10:15"), At("10:00"), 15, 1, FoundLater: true, SeenAgain: At("10:28")));
        struck[1]
            .Sentence(NewYork)
            .ShouldBe(
                "No check within 15 min by 10:15; last seen 10:00, seen again 10:28. Found later: a check that stood between "
                    + "was entered in error."
            );
        given.State.ShouldSatisfyAllConditions(s => s.Missed.ShouldBe(0), s => s.Due!.Limit.ShouldBe(At("10:43")));
    }

    [Fact]
    public void A_gap_that_a_struck_late_entry_had_hidden_is_judged_again_and_one_that_was_said_is_not_said_twice()
    {
        var given = Seen("10:00");
        given.When(new FindCheckMissed(), "10:15").Then<CheckMissed>();
        given.When(Awake with { At = At("10:12") }, "10:20").Then<SafetyChecked>();
        given.When(Awake, "10:26");
        given.When(new TakeBackCheck(Check(given, "10:12"), "typed the wrong time"), "10:30").Then<CheckEnteredInError>();
    }

    [Fact]
    public void After_an_outage_a_check_that_comes_before_the_clock_says_the_limits_that_had_passed()
    {
        var given = Seen("10:00");
        var said = given.When(Awake, "10:40").Decision.Events;
        said.Select(e => e.GetType()).ShouldBe([typeof(SafetyChecked), typeof(CheckMissed)]);
        said[1].ShouldBe(new CheckMissed(At("10:30"), At("10:00"), 15, 2, SeenAgain: At("10:40")));
        given.State.ShouldSatisfyAllConditions(s => s.Missed.ShouldBe(0), s => s.Due!.Limit.ShouldBe(At("10:55")));
        given.When(new FindCheckMissed(), "10:41").ThenNothing();
    }

    [Fact]
    public void Several_limits_in_a_hidden_gap_are_counted_by_the_level_that_held()
    {
        var given = Seen("10:00", "10:14", "10:28", "10:42");
        given.When(new OrderLevel(ObservationLevel.Q60, "Calm"), "10:43");
        given.When(Awake, "11:00");
        given
            .When(new TakeBackCheck(Check(given, "10:14"), "x"), "11:01")
            .Decision.Events.OfType<CheckMissed>()
            .ShouldHaveSingleItem()
            .Missed.ShouldBe(1);
        given.When(new TakeBackCheck(Check(given, "10:28"), "x"), "11:02").Then<CheckEnteredInError>();
    }

    [Fact]
    public void Where_checks_were_paused_a_struck_check_shows_no_gap()
    {
        var given = Seen("10:00")
            .When(new PauseObservation("procedure", At("11:00")), "10:05")
            .Given.When(new ResumeObservation(), "10:50")
            .Given;
        given.When(Awake, "10:51");
        given.When(Awake, "10:52");
        given.When(new TakeBackCheck(Check(given, "10:51"), "x"), "10:53").Then<CheckEnteredInError>();
    }

    [Fact]
    public void A_check_struck_after_the_pause_that_followed_it_leaves_the_return_no_time()
    {
        var given = Seen("10:00", "10:14")
            .When(new PauseObservation("procedure", At("11:00")), "10:14:30")
            .Given.When(new ResumeObservation(), "10:20")
            .Given;
        given.State.Due!.Limit.ShouldBe(At("10:29"));
        given.When(new TakeBackCheck(Check(given, "10:14"), "other patient"), "10:21").Then<CheckEnteredInError>();
        given.State.ShouldSatisfyAllConditions(s => s.Due!.Limit.ShouldBe(At("10:22")), s => s.Last()!.At.ShouldBe(At("10:00")));
        given.When(new FindCheckMissed(), "10:22").Then<CheckMissed>().LastSeen.ShouldBe(At("10:00"));
    }

    [Fact]
    public void A_check_struck_while_checks_are_paused_is_not_what_they_go_on_from()
    {
        var given = Seen("10:00", "10:14").When(new PauseObservation("procedure", At("11:00")), "10:14:30").Given;
        given.When(new TakeBackCheck(Check(given, "10:14"), "other patient"), "10:16");
        given.When(new ResumeObservation(), "10:20").State.Due!.Limit.ShouldBe(At("10:22"));
    }

    [Fact]
    public void A_check_from_before_a_pause_that_is_entered_while_it_lasts_counts_on_the_return()
    {
        var given = Seen("10:00").When(new PauseObservation("procedure", At("11:00")), "10:12").Given;
        given.When(new RecordCheck("Day room", false, At: At("10:10")), "10:15");
        given.When(new ResumeObservation(), "10:17").State.Due!.Limit.ShouldBe(At("10:25"));
    }

    // After an outage somebody may act before the clock does: what had passed is said all the same.

    [Fact]
    public void A_pause_a_leave_or_a_level_after_an_outage_hides_no_gap()
    {
        CheckMissed missed = new(At("10:15"), At("10:00"), 15, 1);
        Seen("10:00")
            .When(new PauseObservation("procedure", At("11:00")), "10:25")
            .Decision.Events.ShouldBe([new ObservationPaused(At("10:25"), "Procedure or test", At("11:00"), false), missed]);
        Seen("10:00").When(new OrderLevel(ObservationLevel.Q60, "Calm"), "10:25").Decision.Events[^1].ShouldBe(missed);
    }

    // Any check of the stay can be struck.

    [Fact]
    public void A_check_from_days_ago_can_be_struck_and_the_sleep_that_rested_on_it_goes()
    {
        var given = Rounded();
        foreach (var minute in Enumerable.Range(0, 60))
        {
            given.When(Asleep, At("20:00").AddMinutes(10 * minute));
        }

        given.State.Nights().ShouldHaveSingleItem().AsleepSeconds.ShouldBe(590 * 60);
        var struck = given.When(new TakeBackCheck(Check(given, "21:00"), "other patient"), At("20:00").AddDays(2));
        struck.Decision.Events.OfType<CheckMissed>().ShouldHaveSingleItem().OccurredAt.ShouldBe(At("21:05"));
        given
            .State.Nights()
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(n => n.AsleepSeconds.ShouldBe(570 * 60), n => n.SeenSeconds.ShouldBe(570 * 60));
        given.When(new TakeBackCheck(Check(given, "21:00"), "other patient"), At("20:05").AddDays(2)).ThenNothing();
        given.When(new TakeBackCheck(Another, "x"), At("20:05").AddDays(2)).Then("check-unknown");
    }

    // A pause never renews a limit.

    [Theory]
    [InlineData("10:14", "10:14:10", "10:15")]
    [InlineData("10:05", "10:08", "10:15")]
    [InlineData("10:05", "10:50", "10:52")]
    [InlineData("10:14:50", "10:15:00", "10:15:10")]
    public void Ten_seconds_of_pause_buy_no_minute(string paused, string resumed, string limit)
    {
        var given = Seen("10:00");
        given.When(new PauseObservation("procedure", At("11:00")), paused).Then<ObservationPaused>();
        given.When(new ResumeObservation(), resumed).Then<ObservationResumed>().Due.ShouldBe(new(At(resumed), At(limit)));
    }

    [Fact]
    public void Pausing_again_and_again_puts_no_limit_off()
    {
        var given = Seen("10:00");
        foreach (var at in Enumerable.Range(0, 20).Select(i => At("10:14").AddSeconds(30 * i)))
        {
            given.When(new PauseObservation("procedure", At("11:00")), at);
            given.When(new ResumeObservation(), at.AddSeconds(10));
        }

        given.State.Due!.Limit.ShouldBeLessThanOrEqualTo(At("10:24"));
    }

    [Fact]
    public void A_leave_of_a_moment_renews_no_limit_either()
    {
        var ward = Ward.Usual();
        ward.Send(new Admit("M1", "Brook", "Maya", West, "1") { Key = TheStay.ToString() }, At("08:00"));
        ward.Follow(At("08:00"));
        ward.Send(new RecordCheck("Room", false) { Key = TheStay.ToString() }, At("10:00"));
        ward.Send(new StartLeave(LeaveKind.Pass, At("12:00")) { Key = TheStay.ToString() }, At("10:13"));
        ward.Follow(At("10:13"));
        ward.Send(new EndLeave { Key = TheStay.ToString() }, At("10:14"));
        ward.Follow(At("10:14"));
        ward.Of<Rounding>(TheStay.ToString()).Due!.Limit.ShouldBe(At("10:15"));
    }

    // A pause is not a level.

    [Theory]
    [InlineData("asleep", "pause-reason-unknown")]
    [InlineData("he is fine", "pause-reason-unknown")]
    [InlineData("Procedure or test", null)]
    [InlineData("COURT", null)]
    public void A_pause_has_one_of_the_units_reasons_and_asleep_is_none(string reason, string? refusal)
    {
        var decision = Seen("10:00").When(new PauseObservation(reason, At("11:00")), "10:05").Decision;
        decision.Refusal?.Code.ShouldBe(refusal);
        (decision.Refusal is null).ShouldBe(refusal is null);
    }

    [Fact]
    public void A_pause_longer_than_its_reason_allows_is_refused_with_what_to_do_instead()
    {
        Seen("10:00").When(new PauseObservation("visit", At("14:05")), "10:05").Then<ObservationPaused>();
        var refusal = Seen("10:00").When(new PauseObservation("visit", At("14:06")), "10:05").Decision.Refusal!;
        (refusal.Code, refusal.Field).ShouldBe(("pause-too-long", "expectedReturn"));
        refusal.Says.ShouldContain("4 h 00 min");
        refusal.Says.ShouldContain("leave or a transfer");
        var longer = Seen("10:00").When(new PauseObservation("visit", At("12:00")), "10:05").Given;
        longer.When(new PauseObservation("visit", At("15:00")), "11:30").Then("pause-too-long");
    }

    [Fact]
    public void A_unit_may_name_its_own_reasons_but_none_that_says_that_the_patient_is_there()
    {
        Given<Unit>(new UnitOpened(At("06:00"), "2 West", "America/New_York"))
            .When(new SetPauseReasons([new("nap", "Nap", 60)]), "08:00")
            .Then("pause-reason-on-unit");
        Given<Unit>(new UnitOpened(At("06:00"), "2 West", "America/New_York"))
            .When(new SetPauseReasons([new("dialysis", "Dialysis", 300)]), "08:00")
            .Then<PauseReasonsSet>();
        var given = Seen("10:00").And("unit-" + West, new PauseReasonsSet(At("10:01"), [new("dialysis", "Dialysis", 300)]));
        given.When(new PauseObservation("visit", At("11:00")), "10:05").Then("pause-reason-unknown");
        given.When(new PauseObservation("dialysis", At("15:00")), "10:05").Then<ObservationPaused>();
    }

    [Fact]
    public void Of_a_patient_whom_somebody_is_with_all_the_time_a_pause_names_who_has_them()
    {
        var given = Seen("10:00").When(new OrderLevel(ObservationLevel.OneToOne, "x"), "10:01").Given;
        given.When(new PauseObservation("procedure", At("11:00")), "10:05").Then("with-missing");
        given
            .When(new PauseObservation("procedure", At("11:00"), "Ana Ruiz, radiology"), "10:05")
            .Then<ObservationPaused>()
            .With.ShouldBe("Ana Ruiz, radiology");
    }

    [Fact]
    public void A_machines_key_cannot_pause() =>
        Seen("10:00")
            .When(
                new PauseObservation("procedure", At("11:00")),
                "10:05",
                new(new("key", "EHR", Role.Integration), Permission.All.ToHashSet())
            )
            .Then("pause-needs-person");

    // Breathing not seen is an alarm.

    [Fact]
    public void A_look_without_breathing_restarts_no_clock_and_stands_until_somebody_has_seen_to_it()
    {
        var given = Seen("10:00").When(NotBreathing, "10:10").Given;
        given.State.ShouldSatisfyAllConditions(
            s => s.Due!.Limit.ShouldBe(At("10:15")),
            s => s.Last()!.At.ShouldBe(At("10:00")),
            s => s.Alarm()!.At.ShouldBe(At("10:10")),
            s => s.OpenLoops().ShouldHaveSingleItem().Kind.ShouldBe("breathing")
        );
        given.When(Asleep, "10:12").State.Alarm().ShouldNotBeNull();
        given.When(new SeeToBreathing(" "), "10:13").Then("found-missing");
        given.When(new SeeToBreathing("Breathing, under the blanket"), "10:13").Then<BreathingSeenTo>();
        given.State.ShouldSatisfyAllConditions(s => s.Alarm().ShouldBeNull(), s => s.OpenLoops().ShouldBeEmpty());
        given.When(new SeeToBreathing("again"), "10:14").ThenNothing();
    }

    [Fact]
    public void An_alarm_that_was_entered_twice_stands_when_one_of_them_is_struck()
    {
        var given = Seen("10:00").When(NotBreathing, "10:10").Given.When(NotBreathing, "10:10:20").Given;
        given.When(new TakeBackCheck(given.State.Alarm()!.Check, "twice"), "10:11");
        given.State.ShouldSatisfyAllConditions(
            s => s.Alarm()!.At.ShouldBe(At("10:10")),
            s => s.OpenLoops().ShouldHaveSingleItem().Kind.ShouldBe("breathing")
        );
    }

    [Fact]
    public void A_look_without_breathing_raises_an_emergency_at_once_and_one_only()
    {
        var (ward, fact) = Admitted(NotBreathing, "10:10");
        var raise = RaiseFromChecks.Reaction.React(fact).ShouldHaveSingleItem();
        ward.Send(raise, At("10:10"), Actor.Clock)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<ConcernEscalated>()
            .ShouldSatisfyAllConditions(
                c => c.Urgency.ShouldBe(Urgency.Emergency),
                c => c.Sbar.Situation.ShouldBe("Breathing not seen at 10:10, Room."),
                c => c.Stay.ShouldBe(TheStay)
            );
        ward.Send(raise, At("10:11"), Actor.Clock).Events.ShouldBeEmpty();
        ((Escalation)ward.On(raise.Stream)).OpenLoops().ShouldHaveSingleItem();
    }

    [Fact]
    public void An_alarm_of_the_wrong_patient_is_struck_with_its_check_and_its_concern_says_so()
    {
        var (ward, fact) = Admitted(NotBreathing, "10:10");
        var raise = RaiseFromChecks.Reaction.React(fact).Single();
        ward.Send(raise, At("10:10"), Actor.Clock);
        ward.Send(new TakeBackCheck(fact.Id, "It was bed 4") { Key = TheStay.ToString() }, At("10:11")).Refusal.ShouldBeNull();
        ward.Of<Rounding>(TheStay.ToString()).Alarm().ShouldBeNull();
        ward.Send(RaiseFromChecks.Reaction.React(ward.Log.Last(r => r.Event is CheckEnteredInError)).Single(), At("10:11"), Actor.Clock)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<ConcernLostBasis>();
        ((Escalation)ward.On(raise.Stream)).OpenLoops().Single().Words.ShouldEndWith("(its check was entered in error)");
    }

    [Fact]
    public void The_card_of_a_patient_not_seen_to_breathe_stays_first_whatever_is_recorded_after()
    {
        var (ward, _) = Admitted(NotBreathing, "10:10");
        ward.Send(Asleep with { Key = TheStay.ToString() }, At("10:12"));
        var card = BoardCard.ForStay(ward.Of<Stay>(TheStay.ToString()), ward.Of<Rounding>(TheStay.ToString()), NewYork, At("10:13"), 1);
        (card.Risk, card.Watch!.Breathing!.At).ShouldBe((4, At("10:10")));
        WallCard.FromCard(card).IsBreathingUnseen.ShouldBeTrue();
    }

    // Sleep is derived from sightings only.

    [Fact]
    public void No_sleep_is_told_over_a_gap_longer_than_the_limit_that_held()
    {
        var given = Rounded();
        foreach (var clock in (string[])["22:00", "22:15", "22:31", "22:45"])
        {
            given.When(Asleep, clock);
        }

        given
            .State.Nights()
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(n => n.AsleepSeconds.ShouldBe(29 * 60), n => n.SeenSeconds.ShouldBe(29 * 60));
    }

    [Fact]
    public void No_sleep_is_told_over_a_pause_and_from_a_look_without_breathing()
    {
        var given = Rounded().When(Asleep, "22:00").Given;
        given.When(new PauseObservation("procedure", At("22:30")), "22:05");
        given.When(new ResumeObservation(), "22:06");
        given.When(Asleep, "22:07");
        given.When(NotBreathing, "22:10");
        given.When(Asleep, "22:15");
        given.State.Nights().ShouldHaveSingleItem().AsleepSeconds.ShouldBe(8 * 60);
    }

    [Fact]
    public void A_level_raised_between_two_sightings_shortens_what_is_known()
    {
        var given = Rounded().When(new OrderLevel(ObservationLevel.Q60, "Calm"), "21:00").Given;
        given.When(Asleep, "22:00");
        given.When(new OrderLevel(ObservationLevel.Q15, "x"), "22:10");
        given.When(Asleep, "22:50");
        given.State.Nights().ShouldBeEmpty();
    }

    // Late is late.

    [Theory]
    [InlineData(ObservationLevel.Q5, 5, false)]
    [InlineData(ObservationLevel.Q5, 6, true)]
    [InlineData(ObservationLevel.Q60, 15, false)]
    [InlineData(ObservationLevel.Q60, 16, true)]
    public void An_entry_is_late_after_the_levels_limit_or_a_quarter_of_an_hour_whichever_is_less(
        ObservationLevel level,
        int minutes,
        bool isLate
    )
    {
        var given = Rounded().When(new OrderLevel(level, "x"), "09:00").Given;
        given.When(Awake with { At = At("10:00") }, At("10:00").AddMinutes(minutes));
        given.Ward.Log.Single(r => r.Event is SafetyChecked).IsLate.ShouldBe(isLate);
    }

    [Fact]
    public void Checks_of_earlier_times_entered_in_one_moment_are_marked_as_entered_together()
    {
        var given = Rounded();
        given.When(Awake with { At = At("09:00") }, "09:40").Then<SafetyChecked>().EnteredWith.ShouldBeNull();
        var first = Check(given, "09:00");
        given
            .When(Awake with { At = At("09:14") }, "09:40:20")
            .Then<SafetyChecked>()
            .ShouldSatisfyAllConditions(
                c => c.EnteredWith.ShouldBe(first),
                c => c.Sentence(NewYork).ShouldEndWith("(entered together with others)")
            );
        given.When(Awake with { At = At("09:28") }, "09:41:10").Then<SafetyChecked>().EnteredWith.ShouldBe(first);
        given.When(Awake, "09:41:20").Then<SafetyChecked>().EnteredWith.ShouldBeNull();
        given.When(Awake with { At = At("09:29") }, "09:45").Then<SafetyChecked>().EnteredWith.ShouldBeNull();
    }

    // A miss and what contradicts it stand together.

    [Fact]
    public void A_late_entry_within_a_missed_limit_stands_beside_it()
    {
        var given = Seen("13:30");
        given.When(new FindCheckMissed(), "13:45");
        var missed = given.Ward.Log[^1].Id;
        given
            .When(Awake with { At = At("13:40") }, "15:30")
            .Then<SafetyChecked>()
            .ShouldSatisfyAllConditions(
                c => c.Beside.ShouldBe([missed]),
                c => c.ForHandoff(NewYork)!.Words.ShouldEndWith("entered late for a time that is recorded as missed")
            );
    }

    [Fact]
    public void A_leave_and_a_discharge_entered_later_stand_beside_the_misses_that_they_cover()
    {
        foreach (
            var (command, kind) in new (Command<Stay>, Type)[]
            {
                (new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:05")), typeof(ObservationPaused)),
                (new Discharge(At("10:05")), typeof(RoundingEnded)),
            }
        )
        {
            var (ward, _) = Admitted(Awake, "10:00");
            ward.Lapse(At("10:20"));
            var missed = ward.Log.Last(r => r.Event is CheckMissed).Id;
            ward.Send(command with { Key = TheStay.ToString() }, At("10:30")).Refusal.ShouldBeNull();
            ward.Follow(At("10:30"));
            var covers = ward.Log.Last(r => r.Event.GetType() == kind);
            covers.Event.StandsBeside().ShouldBe([missed]);
        }
    }

    [Fact]
    public void A_leave_that_is_entered_with_its_end_in_one_go_stands_beside_the_misses_that_it_covers()
    {
        var (ward, _) = Admitted(Awake, "10:00");
        ward.Lapse(At("10:20"));
        var missed = ward.Log.Last(r => r.Event is CheckMissed).Id;
        ward.Send(new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:05")) { Key = TheStay.ToString() }, At("10:30"));
        ward.Send(new EndLeave(At("10:25")) { Key = TheStay.ToString() }, At("10:30"));
        ward.Follow(At("10:30"));
        ward.Log.Select(r => r.Event)
            .OfType<ObservationPaused>()
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(e => e.OccurredAt.ShouldBe(At("10:05")), e => e.Beside.ShouldBe([missed]));
        ward.Log.Select(r => r.Event)
            .OfType<ObservationResumed>()
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(e => e.OccurredAt.ShouldBe(At("10:25")), e => e.Due.Asks.ShouldBe(At("10:30")));
        ward.Follow(At("10:31"));
        ward.Of<Rounding>(TheStay.ToString())
            .ShouldSatisfyAllConditions(r => r.Pause.ShouldBeNull(), r => r.Missed.ShouldBe(0), r => r.Due!.Asks.ShouldBe(At("10:30")));
        ward.Log.Count(r => r.Event is ObservationPaused).ShouldBe(1);
    }

    [Fact]
    public void A_leave_that_ends_with_the_discharge_stands_beside_the_misses_that_it_covers_also_when_both_are_entered_in_one_go()
    {
        var (ward, _) = Admitted(Awake, "10:00");
        ward.Lapse(At("10:20"));
        ward.Send(new StartLeave(LeaveKind.Pass, At("12:00"), At: At("10:05")) { Key = TheStay.ToString() }, At("10:25"));
        ward.Send(new Discharge(At("10:20")) { Key = TheStay.ToString() }, At("10:25"));
        ward.Follow(At("10:25"));
        ward.Log.Select(r => r.Event).OfType<ObservationPaused>().ShouldHaveSingleItem().Beside!.Count.ShouldBe(1);
        ward.Log.Select(r => r.Event).OfType<RoundingEnded>().ShouldHaveSingleItem().OccurredAt.ShouldBe(At("10:20"));
        ward.Log.Count(r => r.Event is ObservationResumed).ShouldBe(0);
    }

    [Fact]
    public void A_check_dated_inside_an_absence_is_asked_about_and_then_kept_with_a_mark_that_satisfies_no_limit()
    {
        var given = Seen("10:00")
            .When(new PauseObservation("procedure", At("11:00")), "10:05")
            .Given.When(new ResumeObservation(), "10:50")
            .Given;
        given.When(Awake, "10:51");
        var before = given.State;
        given.When(Awake with { At = At("10:30") }, "10:53").Then("check-while-away");
        given
            .When(Awake with { At = At("10:30"), SeenWhileAway = true }, "10:53")
            .Then<SafetyChecked>()
            .ShouldSatisfyAllConditions(c => c.WhileAway.ShouldBeTrue(), c => c.Sentence(NewYork).ShouldContain("recorded as away"));
        (given.State.Due, given.State.Sightings.Count).ShouldBe((before.Due, before.Sightings.Count));
    }

    // Misses climb.

    [Theory]
    [InlineData(ObservationLevel.Q15, 1, false)]
    [InlineData(ObservationLevel.Q15, 2, true)]
    [InlineData(ObservationLevel.LineOfSight, 1, true)]
    public void Misses_in_a_row_raise_a_concern_at_once_where_somebody_is_with_the_patient_all_the_time(
        ObservationLevel level,
        int misses,
        bool raises
    )
    {
        var given = Rounded(
                new ObservationLevelOrdered(
                    At("09:00"),
                    level,
                    level.UsualName(),
                    15,
                    "x",
                    null,
                    DueWindow.AtOnce(At("09:00"), Minutes(15))
                )
            )
            .When(Awake, "10:00")
            .Given;
        given.When(new FindCheckMissed(), At("10:00").AddMinutes(15 * misses)).Then<CheckMissed>().Raises.ShouldBe(raises);
        given.State.OpenLoops().ShouldContain(l => l.Kind == "check");
    }

    [Fact]
    public void One_gap_raises_one_concern_and_none_once_the_patient_has_been_seen()
    {
        var (ward, _) = Admitted(Awake, "10:00");
        ward.Lapse(At("10:15"));
        ward.Lapse(At("10:30"));
        var second = RaiseFromChecks.Reaction.React(ward.Log.Last(r => r.Event is CheckMissed)).Single();
        ward.Lapse(At("10:45"));
        var third = RaiseFromChecks.Reaction.React(ward.Log.Last(r => r.Event is CheckMissed)).Single();
        third.Stream.ShouldBe(second.Stream);
        ward.Send(second, At("10:45"), Actor.Clock)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<ConcernEscalated>()
            .Sbar.Situation.ShouldBe("Not seen since 10:00: 3 limits of 15 min passed.");
        ward.Send(third, At("10:45"), Actor.Clock).Events.ShouldBeEmpty();

        var (seen, _) = Admitted(Awake, "10:00");
        seen.Lapse(At("10:30"));
        seen.Send(Awake with { Key = TheStay.ToString() }, At("10:31"));
        seen.Send(RaiseFromChecks.Reaction.React(seen.Log.Last(r => r.Event is CheckMissed)).Single(), At("10:32"), Actor.Clock)
            .Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_raise_without_an_order_asks_for_one_and_ages_until_a_prescriber_orders()
    {
        var given = Seen("10:00");
        given
            .When(new OrderLevel(ObservationLevel.Q5, "Head banging"), "10:05", People.Technician)
            .Then<ObservationLevelOrdered>()
            .WantsOrder.ShouldBeTrue();
        given.State.OpenLoops().ShouldContain(l => l.Kind == "order" && l.Due == At("11:05"));
        Mark("11:04").ShouldSatisfyAllConditions(m => m.Since.ShouldBe(At("10:05")), m => m.IsLate.ShouldBeFalse());
        Mark("11:05").IsLate.ShouldBeTrue();
        given
            .When(new OrderLevel(ObservationLevel.Q5, "Confirmed"), "11:10", People.Prescriber)
            .Then<ObservationLevelOrdered>()
            .WantsOrder.ShouldBeFalse();
        given.State.OrderWantedSince.ShouldBeNull();
        CardMark.FromLoops(TheStay, [given.State], NewYork, At("11:10")).ShouldBeEmpty();

        CardMark Mark(string clock) => CardMark.FromLoops(TheStay, [given.State], NewYork, At(clock)).ShouldHaveSingleItem();
    }

    // An order that runs out.

    [Fact]
    public void An_order_that_runs_out_is_said_at_its_time_and_open_until_there_is_another()
    {
        var given = Seen("10:00").When(new OrderLevel(ObservationLevel.Q5, "x", At("12:00")), "10:01").Given;
        var lapse = given.State.Deadlines().Single(d => d.Name == "level-order");
        lapse.Due.ShouldBe(At("12:00"));
        given.When((FindLevelOrderEnded)lapse.Timeout, "11:59").ThenNothing();
        given.Ward.Restart();
        given.When((FindLevelOrderEnded)lapse.Timeout, "12:07").Then(new LevelOrderEnded(At("12:00"), "Q5"));
        given.When((FindLevelOrderEnded)lapse.Timeout, "12:08").ThenNothing();
        given.State.ShouldSatisfyAllConditions(
            s => s.LimitMinutes.ShouldBe(5),
            s => s.OpenLoops().ShouldContain(l => l.Kind == "order"),
            s => s.Deadlines().ShouldNotContain(d => d.Name == "level-order")
        );
        given.When(new OrderLevel(ObservationLevel.Q5, "goes on", At("18:00")), "12:10").Then<ObservationLevelOrdered>();
        given.State.ShouldSatisfyAllConditions(
            s => s.OrderEndedAt.ShouldBeNull(),
            s => s.Deadlines().ShouldContain(d => d.Name == "level-order" && d.Due == At("18:00"))
        );
    }

    [Fact]
    public void A_new_order_ends_what_a_hand_over_says_of_the_one_that_ran_out()
    {
        var ended = new LevelOrderEnded(At("12:00"), "Q5").ForHandoff(NewYork);
        var renewed = new ObservationLevelOrdered(At("12:10"), ObservationLevel.Q5, "Q5", 5, "goes on", null, null).ForHandoff(NewYork);
        (ended.Topic, ended.Weight).ShouldBe((renewed.Topic, renewed.Weight));
    }

    [Fact]
    public void A_machines_key_cannot_say_that_somebody_has_seen_to_the_breathing() =>
        Seen("10:00")
            .When(NotBreathing, "10:10")
            .Given.When(new SeeToBreathing("ok"), "10:11", new(new("key", "EHR", Role.Integration), Permission.All.ToHashSet()))
            .Then("seen-to-needs-person");

    // Unseen in the bathroom.

    [Fact]
    public void A_patient_unseen_in_a_bathroom_is_said_after_five_minutes_and_once()
    {
        var given = Rounded().When(new RecordCheck("bathroom", false), "10:00").Given;
        var lapse = given.State.Deadlines().Single(d => d.Name == "bathroom");
        lapse.Due.ShouldBe(At("10:05"));
        given.When((FindUnseenInBathroom)lapse.Timeout, "10:04:59").ThenNothing();
        given.When((FindUnseenInBathroom)lapse.Timeout, "10:05").Then(new UnseenInBathroom(At("10:05"), At("10:00"), "bathroom"));
        given.When((FindUnseenInBathroom)lapse.Timeout, "10:06").ThenNothing();
        CardWatch.FromRounding(given.State, NewYork)!.UnseenInBathroom.ShouldBe(At("10:00"));
        given.When(Awake, "10:07").State.UnseenInBathroom().ShouldBeNull();
        given.State.Deadlines().ShouldNotContain(d => d.Name == "bathroom");
    }

    [Fact]
    public void How_long_and_which_places_are_the_units_own()
    {
        var given = Rounded().And("unit-" + West, new WatchRulesSet(At("09:00"), 3, 2, ["Spa"]));
        given.When(new RecordCheck("Spa", false), "10:00").Then<SafetyChecked>().UnseenBy.ShouldBe(At("10:02"));
        given.When(new RecordCheck("Bathroom", false), "10:01").Then<SafetyChecked>().UnseenBy.ShouldBeNull();
        given.When(new FindCheckMissed(), "10:31").Then<CheckMissed>().Raises.ShouldBeFalse();
        given.When(new FindCheckMissed(), "10:46").Then<CheckMissed>().Raises.ShouldBeTrue();
    }

    private static (Ward Ward, EventEnvelope Fact) Admitted(RecordCheck check, string clock)
    {
        var ward = Ward.Usual();
        ward.Send(new Admit("M1", "Brook", "Maya", West, "1") { Key = TheStay.ToString() }, At("08:00")).Refusal.ShouldBeNull();
        ward.Follow(At("08:00"));
        ward.Send(check with { Key = TheStay.ToString() }, At(clock)).Refusal.ShouldBeNull();
        return (ward, ward.Log[^1]);
    }
}
