using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Incidents.Crisis;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Incidents;

public class AftermathTests
{
    [Fact]
    public void An_incident_that_goes_on_is_a_loop_of_the_unit_and_of_each_patient_in_it()
    {
        var loops = Open(TheStay, Another).State.OpenLoops().ToList();
        loops.Select(loop => loop.Stay).ShouldBe([null, TheStay, Another]);
        loops.ShouldAllBe(loop =>
            loop.Kind == "incident-open"
            && loop.Since == At("08:00")
            && loop.Link == $"/units/2-west/incidents/{TheIncident}"
            && loop.Pressing == Handoff.Domain.Kernel.Pressing.Urgent
        );
    }

    [Fact]
    public void A_resolved_incident_leaves_a_level_review_and_a_debrief_for_each_patient_and_one_for_the_staff()
    {
        var loops = Resolved(TheStay, Another).State.OpenLoops().ToList();
        loops
            .Select(loop => (loop.Kind, loop.Stay))
            .ShouldBe([
                ("level-review", TheStay),
                ("level-review", Another),
                ("debrief-patient", TheStay),
                ("debrief-patient", Another),
                ("debrief-staff", (Guid?)null),
            ]);
        loops.Where(loop => loop.Kind != "level-review").ShouldAllBe(loop => loop.Due == On("2026-11-19 08:30"));
        loops.ShouldAllBe(loop => !loop.Words.Contains("Brook") && !loop.Words.Contains("Chen"));
    }

    [Fact]
    public void When_every_loop_is_closed_the_incident_leaves_the_unit()
    {
        var given = Resolved(TheStay);
        given.When(new ReviewLevel(LevelOutcome.Kept), "09:00").Then<LevelReviewed>().LevelName.ShouldBe("Q15");
        given.When(new HoldDebrief(DebriefOf.Patient, IsDeclined: true), "09:10").Then<DebriefHeld>();
        given.State.OnUnit().ShouldBe(Ward.West);
        given.When(new HoldDebrief(DebriefOf.Staff), "15:10").Then<DebriefHeld>();
        given.State.OpenLoops().ShouldBeEmpty();
        given.State.OnUnit().ShouldBeNull();
        given.When(new HoldDebrief(DebriefOf.Staff), "15:11").ThenNothing();
        given.When(new ReviewLevel(LevelOutcome.Kept), "15:11").ThenNothing();
    }

    [Fact]
    public void What_follows_an_incident_waits_until_it_is_resolved()
    {
        Open(TheStay).When(new ReviewLevel(LevelOutcome.Kept), "08:10").Then("incident-not-resolved");
        Open(TheStay).When(new HoldDebrief(DebriefOf.Staff), "08:10").Then("incident-not-resolved");
        Resolved(TheStay).When(new HoldDebrief(DebriefOf.Staff, At: At("08:10")), "09:00").Then("debrief-before-end");
        Resolved(TheStay).When(new HoldDebrief(null), "09:00").Then("of-missing");
        Resolved(TheStay).When(new ReviewLevel(null), "09:00").Then("outcome-missing");
    }

    [Fact]
    public void Each_patients_level_and_debrief_are_their_own()
    {
        var given = Resolved(TheStay, Another);
        given.When(new ReviewLevel(LevelOutcome.Kept), "09:00").Then("stay-missing");
        given.When(new HoldDebrief(DebriefOf.Patient), "09:00").Then("stay-missing");
        given.When(new ReviewLevel(LevelOutcome.Kept, Another), "09:00").Then<LevelReviewed>().Stays.ShouldBe([Another]);
        given.State.OpenLoops().ShouldContain(loop => loop.Kind == "level-review" && loop.Stay == TheStay);
    }

    [Fact]
    public void A_level_was_changed_only_if_one_was_ordered_since()
    {
        var given = Resolved(TheStay);
        given.When(new ReviewLevel(LevelOutcome.Changed), "09:00").Then("level-unchanged");
        given.Ward.Send(new OrderLevel(ObservationLevel.OneToOne, "After the incident") { Key = TheStay.ToString() }, At("09:01"));
        given
            .When(new ReviewLevel(LevelOutcome.Changed), "09:02")
            .Then<LevelReviewed>()
            .Sentence(NewYork)
            .ShouldBe("Incident, 09:02: observation level reviewed, changed to 1:1");
    }

    [Fact]
    public void For_a_patient_who_has_left_no_level_is_kept()
    {
        var given = Resolved(TheStay);
        given.When(new ReviewLevel(LevelOutcome.PatientLeft), "08:50").Then("patient-here");
        given.Ward.Send(new Discharge { Key = TheStay.ToString() }, At("09:00"));
        given.When(new ReviewLevel(LevelOutcome.Kept), "09:01").Then("patient-gone");
        given.When(new ReviewLevel(LevelOutcome.PatientLeft), "09:01").Then<LevelReviewed>();
    }

    [Fact]
    public void A_debrief_that_was_not_held_within_24_hours_is_said_once()
    {
        var given = Resolved(TheStay);
        given.When(new HoldDebrief(DebriefOf.Staff), "10:00");
        given.State.Deadlines().ShouldHaveSingleItem().Due.ShouldBe(On("2026-11-19 08:30"));
        given.Ward.Lapse(On("2026-11-19 08:29"));
        given.Ward.Lapse(On("2026-11-19 08:30"));
        given.Ward.Lapse(On("2026-11-19 12:00"));
        given.Ward.Log.Select(r => r.Event).OfType<DebriefOverdue>().ShouldHaveSingleItem().Stays.ShouldBe([TheStay]);
        given.State.OpenLoops().ShouldContain(loop => loop.Kind == "debrief-patient");
        given
            .When(new HoldDebrief(DebriefOf.Patient), On("2026-11-19 12:05"))
            .State.OpenLoops()
            .ShouldNotContain(loop => loop.Kind == "debrief-patient");
    }

    [Fact]
    public void Both_missing_debriefs_are_said()
    {
        var given = Resolved(TheStay);
        given.Ward.Lapse(On("2026-11-20 08:30"));
        given.Ward.Restart();
        given.Ward.Lapse(On("2026-11-21 08:30"));
        given.Ward.Log.Select(r => r.Event).OfType<DebriefOverdue>().Select(e => e.Of).ShouldBe([DebriefOf.Patient, DebriefOf.Staff]);
    }

    [Fact]
    public void An_incident_resolved_by_mistake_owes_nothing_yet()
    {
        var given = Resolved(TheStay);
        given.When(new TakeBackStep(given.Step(StepKind.Resolved), "It goes on"), "08:40");
        given.State.OpenLoops().ShouldAllBe(loop => loop.Kind == "incident-open");
        given.State.Deadlines().ShouldBeEmpty();
    }

    [Fact]
    public void An_incident_without_patients_owes_the_staffs_debrief_only()
    {
        var given = Resolved();
        given.State.OpenLoops().ShouldHaveSingleItem().Kind.ShouldBe("debrief-staff");
        given.When(new ReviewLevel(LevelOutcome.Kept), "09:00").Then("no-patient-involved");
        given.When(new HoldDebrief(DebriefOf.Patient), "09:00").Then("no-patient-involved");
    }
}
