using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Handoffs.Floor;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Handoffs;

/// <summary>Who may be judged stable in passing, after a look, and who is judged on their own page.</summary>
public class CloserLookTests
{
    private readonly Floor floor = Assigned();

    [Fact]
    public void Who_is_calm_is_judged_after_a_look() => Reasons("14:50").ShouldBeEmpty();

    [Fact]
    public void Q5_and_closer_is_judged_on_their_own_page()
    {
        floor.Does(new OrderLevel(ObservationLevel.Q5, "Left a group") { Key = Maya }, People.Prescriber, "14:30");
        Reasons("14:50").ShouldBe(["Q5"]);
        floor.Does(new OrderLevel(ObservationLevel.OneToOne, "Said goodbye") { Key = Maya }, People.Prescriber, "14:31");
        Reasons("14:50").ShouldHaveSingleItem();
    }

    [Fact]
    public void Any_precaution_asks_for_a_closer_look()
    {
        floor
            .Does(new KeepStatusWithStay { Key = Maya }, Actor.Clock, "07:31")
            .Does(new StartPrecaution(PrecautionKind.Fall, "Dizzy") { Key = Maya }, People.Nurse, "14:30");
        Reasons("14:50").ShouldHaveSingleItem().ShouldContain("Fall");
    }

    [Fact]
    public void A_check_missed_in_this_shift_asks_for_a_closer_look_also_when_the_patient_was_seen_since()
    {
        floor.Does(new RecordCheck("Room", false) { Key = Maya }, Kim, "14:00");
        floor.Ward.Lapse(At("14:20"));
        floor.Does(new RecordCheck("Room", false) { Key = Maya }, Kim, "14:30");
        Reasons("14:50", missedIsAsked: true).ShouldBe(["missed checks"]);
    }

    [Fact]
    public void A_running_incident_and_an_emergency_ask_for_a_closer_look()
    {
        HandoffLoop Loop(string kind, Pressing pressing) =>
            new($"x-1/{kind}", kind, At("14:00"), null, "/", false, null, null, 0, pressing);
        Reasons("14:50", loops: [Loop("incident-open", Pressing.Urgent), Loop("task", Pressing.Usual), Loop("escalation", Pressing.Urgent)])
            .ShouldBe(["incident-open"]);
        Reasons("14:50", loops: [Loop("escalation", Pressing.Emergency)]).ShouldBe(["escalation"]);
    }

    [Fact]
    public void Giving_comes_into_sight_near_the_end_of_the_shift()
    {
        Unit("10:00").IsGivingTime("kim").ShouldBeFalse();
        Unit("13:31").IsGivingTime("kim").ShouldBeTrue();
        Unit("10:00").IsGivingTime("somebody on no shift").ShouldBeTrue();
        Unit("15:30").IsGivingTime("kim").ShouldBeTrue();
    }

    private UnitHandoff Unit(string clock)
    {
        var unit = floor.Ward.Of<Unit>(Ward.West);
        return new(
            Ward.West,
            "2 West",
            HandoffTemplate.IPass,
            At(clock),
            1,
            null,
            [ShiftLine.ForShift(Ward.West, unit.In(Day)!, floor.Ward.Of<Shift>(Day), At(clock))],
            []
        );
    }

    // A patient who was not seen since the admission has missed checks; here that is asked about only where it matters.
    private IReadOnlyList<string> Reasons(string clock, bool missedIsAsked = false, params IReadOnlyList<HandoffLoop> loops)
    {
        var rounding = floor.Ward.Of<Rounding>(Maya);
        return HandoffPatient
            .ForStay(
                floor.Ward.Of<Stay>(Maya),
                missedIsAsked ? rounding : rounding with { Missed = 0, MissedUpTo = null },
                floor.Ward.Of<PatientStatus>(Maya),
                floor.Care,
                null,
                false,
                loops,
                null,
                At("07:00")
            )
            .CloserLook;
    }
}
