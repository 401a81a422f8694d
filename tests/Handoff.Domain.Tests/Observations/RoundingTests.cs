using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Observations;

public class RoundingTests
{
    private static readonly RecordCheck Awake = new("Room", false);

    /// <summary>A patient on Q15 since 08:00.</summary>
    internal static Given<Rounding> Rounded(params Event[] events) =>
        Given<Rounding>([
            new RoundingBegan(At("08:00"), West, ObservationLevel.Q15, "Q15", 15, DueWindow.AtOnce(At("08:00"), Minutes(15))),
            .. events,
        ]);

    [Fact]
    public void A_check_says_where_and_how_the_patient_was_seen()
    {
        var seen = Rounded()
            .When(new RecordCheck(" Day room ", false, null, Activity.Pacing, EvidenceGrade.Qr, " hums "), "10:00", People.Technician)
            .Then<SafetyChecked>();
        seen.ShouldSatisfyAllConditions(
            s => s.OccurredAt.ShouldBe(At("10:00")),
            s => s.OccurredAt.Offset.ShouldBe(TimeSpan.FromHours(-5)),
            s => s.Place.ShouldBe("Day room"),
            s => s.Remark.ShouldBe("hums"),
            s => s.Evidence.ShouldBe(EvidenceGrade.None),
            s => s.Due.Limit.ShouldBe(At("10:15"))
        );
        seen.Sentence(NewYork).ShouldBe("Seen at 10:00: Day room, awake, pacing. hums");
    }

    [Fact]
    public void The_last_sighting_names_who_saw_the_patient() =>
        Rounded().When(Awake, "10:00", People.Technician).State.Last()!.By.ShouldBe("Sam Ortiz");

    [Fact]
    public void A_check_without_what_must_be_said_is_refused()
    {
        Rounded().When(new RecordCheck(" ", false), "10:00").Then("place-missing");
        Rounded().When(new RecordCheck(new('x', 41), false), "10:00").Then("text-too-long");
        Rounded().When(new RecordCheck("Room", null), "10:00").Then("is-asleep-missing");
        Rounded().When(Awake with { Remark = new('x', 2_001) }, "10:00").Then("text-too-long");
    }

    [Fact]
    public void Of_a_sleeping_patient_it_must_be_said_whether_they_breathe()
    {
        Rounded().When(new RecordCheck("Room", true), "10:00").Then("breathing-seen-missing");
        Rounded()
            .When(new RecordCheck("Room", true, true), "10:00")
            .Then<SafetyChecked>()
            .Sentence(NewYork)
            .ShouldBe("Seen at 10:00: Room, asleep, breathing seen");
        Rounded()
            .When(new RecordCheck("Room", true, false), "10:00")
            .Then<SafetyChecked>()
            .Sentence(NewYork)
            .ShouldContain("breathing NOT seen");
    }

    [Theory]
    [InlineData("10:02", null)]
    [InlineData("10:03", "time-in-future")]
    [InlineData("07:58", null)]
    [InlineData("07:57", "time-before-stay")]
    public void A_check_is_neither_from_the_future_nor_from_before_the_stay(string at, string? code)
    {
        var outcome = Rounded().When(Awake with { At = At(at) }, "10:00");
        outcome.Decision.Refusal?.Code.ShouldBe(code);
        (outcome.Decision.Refusal is null).ShouldBe(code is null);
    }

    [Fact]
    public void Nobody_is_checked_who_was_never_here()
    {
        foreach (var command in EveryWish())
        {
            Given<Rounding>().When(command, "10:00").Then("stay-unknown");
        }
    }

    [Fact]
    public void After_the_discharge_nothing_new_is_recorded()
    {
        foreach (var command in EveryWish().Where(c => c is not TakeBackCheck))
        {
            Rounded(new RoundingEnded(At("09:00"))).When(command, "10:00").Then("stay-over");
        }
    }

    [Fact]
    public void A_late_entry_between_two_sightings_moves_no_window()
    {
        var seen = Rounded().When(Awake, "10:00").Given.When(Awake, "10:10").Given;
        var before = seen.State.Due;
        seen.When(Awake with { At = At("10:05"), Place = "Hallway" }, "10:12").Then<SafetyChecked>();
        seen.State.Due.ShouldBe(before);
        seen.State.Sightings.Select(s => s.Place).ShouldBe(["Room", "Hallway", "Room"]);
    }

    [Fact]
    public void A_late_entry_counts_from_when_the_patient_was_seen() =>
        Rounded().When(Awake with { At = At("10:00") }, "10:08").State.Due!.Limit.ShouldBe(At("10:15"));

    [Fact]
    public void Few_sightings_are_remembered_and_the_latest_is_among_them()
    {
        var given = Rounded();
        foreach (var minute in Enumerable.Range(0, 20))
        {
            given.When(Awake, At("10:00").AddMinutes(minute));
        }

        given.State.Sightings.Count.ShouldBe(4);
        given.State.Last()!.At.ShouldBe(At("10:19"));
    }

    [Fact]
    public void A_skipped_check_has_a_reason_and_the_clock_runs_on()
    {
        var given = Rounded();
        given.When(new SkipCheck(" "), "08:05").Then("reason-missing");
        given
            .When(new SkipCheck("Fire drill"), "08:05")
            .Then(new CheckSkipped(At("08:05"), "Fire drill"))
            .State.Due!.Limit.ShouldBe(At("08:15"));
    }

    [Fact]
    public void A_limit_that_passes_is_said_once_for_each_time()
    {
        var given = Rounded().When(Awake, "10:00").Given;
        given.When(new FindCheckMissed(), "10:14").ThenNothing();
        given.When(new FindCheckMissed(), "10:15").Then(new CheckMissed(At("10:15"), At("10:00"), 15, 1));
        given.When(new FindCheckMissed(), "10:15").ThenNothing();
        given.State.Deadlines().ShouldHaveSingleItem().Due.ShouldBe(At("10:30"));
        given.When(new FindCheckMissed(), "10:31").Then(new CheckMissed(At("10:30"), At("10:00"), 15, 2, Raises: true));
        given.When(Awake, "10:40").State.ShouldSatisfyAllConditions(s => s.Missed.ShouldBe(0), s => s.Due!.Limit.ShouldBe(At("10:55")));
        given.When(new FindCheckMissed(), "10:55").Then(new CheckMissed(At("10:55"), At("10:40"), 15, 1));
    }

    [Fact]
    public void A_long_outage_is_one_missed_check_with_its_count()
    {
        var given = Rounded().When(Awake, "10:00").Given;
        given.When(new FindCheckMissed(), "14:07").Then(new CheckMissed(At("14:00"), At("10:00"), 15, 16, Raises: true));
        given.When(new FindCheckMissed(), "14:07").ThenNothing();
        given.State.Deadlines().ShouldHaveSingleItem().Due.ShouldBe(At("14:15"));
    }

    [Fact]
    public void A_patient_never_seen_is_missed_too() =>
        Rounded()
            .When(new FindCheckMissed(), "08:15")
            .Then<CheckMissed>()
            .Sentence(NewYork)
            .ShouldBe("No check within 15 min by 08:15; not seen yet.");

    [Theory]
    [InlineData("2026-11-18 23:55", 10)]
    [InlineData("2026-03-08 01:55", 10)]
    [InlineData("2026-11-01 01:55", 10)]
    public void A_limit_is_real_time_also_over_midnight_and_when_the_clocks_change(string seen, int then)
    {
        var at = On(seen);
        var given = Given<Rounding>(
                new RoundingBegan(at.AddMinutes(-1), West, ObservationLevel.Q15, "Q15", 15, DueWindow.AtOnce(at, Minutes(15)))
            )
            .When(Awake, at)
            .Given;
        given.Ward.Restart();
        given.State.Due!.Limit.ShouldBe(at.AddMinutes(15));
        given.When(Awake, at.AddMinutes(then)).Then<SafetyChecked>().OccurredAt.Offset.ShouldBe(NewYork.Local(at.AddMinutes(then)).Offset);
        given.Ward.Restart();
        given.When(new FindCheckMissed(), at.AddMinutes(then + 14.9)).ThenNothing();
        given.When(new FindCheckMissed(), at.AddMinutes(then + 15)).Then<CheckMissed>().OccurredAt.ShouldBe(at.AddMinutes(then + 15));
    }

    [Fact]
    public void A_pause_stops_the_clock_and_a_return_asks_at_once()
    {
        var given = Rounded().When(Awake, "10:00").Given;
        given
            .When(new PauseObservation("procedure", At("11:00")), "10:05")
            .Then(new ObservationPaused(At("10:05"), "Procedure or test", At("11:00"), false));
        given.State.ShouldSatisfyAllConditions(s => s.Due.ShouldBeNull(), s => s.Deadlines().ShouldHaveSingleItem().Name.ShouldBe("pause"));
        given.When(new FindCheckMissed(), "10:40").ThenNothing();
        given.When(new PauseObservation("procedure", At("11:00")), "10:41").ThenNothing();
        given.When(Awake, "10:42").Then("observation-paused");
        given.When(Awake with { At = At("10:04") }, "10:42").Then<SafetyChecked>();
        given.When(new ResumeObservation(), "10:50").Then(new ObservationResumed(At("10:50"), new(At("10:50"), At("10:52"))));
        given.When(new ResumeObservation(), "10:51").ThenNothing();
    }

    [Fact]
    public void A_pause_has_a_reason_and_an_end()
    {
        Rounded().When(new PauseObservation(null, At("11:00")), "10:00").Then("reason-missing");
        Rounded().When(new PauseObservation("procedure", null), "10:00").Then("expected-return-missing");
        Rounded().When(new PauseObservation("procedure", At("10:00")), "10:00").Then("return-in-past");
    }

    [Fact]
    public void Checks_of_a_patient_on_leave_go_on_when_the_leave_ends() =>
        Rounded(new ObservationPaused(At("09:00"), "on a pass", null, true)).When(new ResumeObservation(), "10:00").Then("on-leave");

    public static Command<Rounding>[] EveryWish() =>
        [
            Awake,
            new SkipCheck("x"),
            new TakeBackCheck(Another, "x"),
            new OrderLevel(ObservationLevel.Q5, "x"),
            new PauseObservation("procedure", At("12:00")),
            new ResumeObservation(),
        ];
}
