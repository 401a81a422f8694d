using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Observations.RoundingTests;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Observations;

public class LevelTests
{
    private static readonly RecordCheck Awake = new("Room", false);

    [Theory]
    [InlineData(Role.Technician)]
    [InlineData(Role.Nurse)]
    [InlineData(Role.ChargeNurse)]
    [InlineData(Role.Clinician)]
    public void Anybody_on_the_floor_raises_a_level_and_only_a_prescriber_lowers_it(Role role)
    {
        var given = Rounded();
        given
            .When(new OrderLevel(ObservationLevel.OneToOne, "Voices command"), "10:00", People.Of(role, "Sam"))
            .Then<ObservationLevelOrdered>();
        given.When(new OrderLevel(ObservationLevel.Q15, "Calm"), "10:05", People.Of(role, "Sam")).Then("level-lowering-needs-prescriber");
        given
            .When(new OrderLevel(ObservationLevel.Q15, "Calm"), "10:05", People.Of(Role.Prescriber, "Dr. Okafor"))
            .Then<ObservationLevelOrdered>();
    }

    [Fact]
    public void An_order_names_level_and_reason_and_ends_in_the_future()
    {
        Rounded().When(new OrderLevel(null, "x"), "10:00").Then("level-missing");
        Rounded().When(new OrderLevel(ObservationLevel.Q5, null), "10:00").Then("reason-missing");
        Rounded().When(new OrderLevel(ObservationLevel.Q5, "x", At("10:00")), "10:00").Then("until-in-past");
    }

    [Fact]
    public void An_order_in_force_changes_nothing()
    {
        var given = Rounded().When(new OrderLevel(ObservationLevel.Q5, "x", At("12:00")), "10:00").Given;
        given.When(new OrderLevel(ObservationLevel.Q5, "y", At("12:00")), "10:01").ThenNothing();
    }

    [Fact]
    public void A_raised_level_asks_at_once()
    {
        var given = Rounded().When(Awake, "10:00").Given;
        given
            .When(new OrderLevel(ObservationLevel.Q5, "Voices command"), "10:05")
            .Then<ObservationLevelOrdered>()
            .Due.ShouldBe(new(At("10:05"), At("10:10")));
        given.When(Awake, "10:06").State.Due!.Limit.ShouldBe(At("10:11"));
    }

    [Fact]
    public void A_lowered_level_counts_from_the_last_sighting()
    {
        var given = Rounded().When(new OrderLevel(ObservationLevel.Q5, "x"), "09:50").Given.When(Awake, "10:00").Given;
        given.When(new OrderLevel(ObservationLevel.Q15, "Calm"), "10:04").Then<ObservationLevelOrdered>().Due!.Limit.ShouldBe(At("10:15"));
    }

    [Fact]
    public void An_order_that_has_run_out_stays_in_force_until_somebody_orders_another()
    {
        var given = Rounded().When(new OrderLevel(ObservationLevel.OneToOne, "x", At("11:00")), "10:00").Given;
        given.When(new FindCheckMissed(), "13:00");
        given.State.ShouldSatisfyAllConditions(s => s.Level.ShouldBe(ObservationLevel.OneToOne), s => s.LevelUntil.ShouldBe(At("11:00")));
    }

    [Fact]
    public void A_level_goes_by_the_units_own_name_and_limit()
    {
        var given = Rounded()
            .And(
                "unit-" + Ward.West,
                new LevelsSet(
                    At("07:00"),
                    [new(ObservationLevel.Q15, "Fifteens", 12), new(ObservationLevel.Q30, "Thirties", 25)],
                    ObservationLevel.Q15
                )
            );
        var order = given
            .When(new OrderLevel(ObservationLevel.Q30, "x", At("12:00").ToUniversalTime()), "10:00")
            .Then<ObservationLevelOrdered>();
        order.ShouldSatisfyAllConditions(o => o.LevelName.ShouldBe("Thirties"), o => o.LimitMinutes.ShouldBe(25));
        order.Sentence(NewYork).ShouldBe("Observation level Thirties from 10:00 until Wed 18 Nov 12:00: x");
    }

    [Fact]
    public void A_level_ordered_during_a_pause_holds_from_the_return()
    {
        var given = Rounded().When(new PauseObservation("procedure", At("11:00")), "10:00").Given;
        given.When(new OrderLevel(ObservationLevel.Q5, "x"), "10:10").Then<ObservationLevelOrdered>().Due.ShouldBeNull();
        given.When(new ResumeObservation(), "10:50").Then<ObservationResumed>().Due.Limit.ShouldBe(At("10:52"));
    }

    [Fact]
    public void Levels_have_their_limits_and_the_closest_are_continuous()
    {
        ObservationLevel.OneToOne.IsContinuous().ShouldBeTrue();
        ObservationLevel.Q5.IsContinuous().ShouldBeFalse();
        Enum.GetValues<ObservationLevel>().Select(l => l.UsualName()).ShouldBe(["Q60", "Q30", "Q15", "Q5", "LOS", "1:1", "2:1"]);
    }
}
