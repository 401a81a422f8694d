using Handoff.Domain.Access;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Incidents.Crisis;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Incidents;

public class IncidentTests
{
    [Fact]
    public void One_tap_opens_an_incident_where_the_patient_was_last_seen()
    {
        var incident = Open(TheStay).State;
        (incident.IsOpen(), incident.Kind, incident.Place(), incident.OpenedAt()).ShouldBe(
            (true, IncidentKind.Aggression, "Day room", At("08:00"))
        );
        incident.Patients().ShouldBe([TheStay]);
        incident.OnUnit().ShouldBe(Ward.West);
    }

    [Fact]
    public void An_incident_needs_a_kind_and_a_unit_and_nothing_else()
    {
        Quiet().When(new OpenIncident(null, Ward.West), "08:00").Then("kind-missing");
        Quiet().When(new OpenIncident(IncidentKind.Fall, "9-north"), "08:00").Then("unit-unknown");
        Quiet().When(new OpenIncident(IncidentKind.Fall, null), "08:00").Then("unit-unknown");
        Quiet().When(new OpenIncident(IncidentKind.Fall, Ward.West), "08:00").Then<IncidentOpened>().Place.ShouldBeNull();
    }

    [Fact]
    public void An_incident_that_began_in_the_hour_that_comes_twice_is_open_since_one_of_the_two()
    {
        var first = On("2026-11-01 01:30");
        foreach (var (at, since) in new[] { (first, "01:30 EDT"), (first.AddHours(1), "01:30 EST"), (first.AddHours(6), "06:30") })
        {
            var ward = Ward.Usual();
            ward.Send(new OpenIncident(IncidentKind.Aggression, Ward.West) { Key = TheIncident.ToString() }, at).Refusal.ShouldBeNull();
            ward.Of<Incident>(TheIncident.ToString())
                .OpenLoops()
                .ShouldHaveSingleItem()
                .Words.ShouldBe($"aggression since {since} is not resolved");
        }
    }

    [Fact]
    public void An_incident_of_which_the_zone_was_not_kept_is_open_since_the_time_of_its_own_offset()
    {
        var ward = Ward.Usual()
            .Record($"incident-{TheIncident}", At("08:00"), new IncidentOpened(At("08:00"), [], null, Ward.West, IncidentKind.Fall, null));
        ward.Of<Incident>(TheIncident.ToString()).OpenLoops().ShouldHaveSingleItem().Words.ShouldBe("fall since 08:00 is not resolved");
    }

    [Fact]
    public void An_incident_that_is_open_is_opened_no_second_time() =>
        Open(TheStay).When(new OpenIncident(IncidentKind.Fall, Ward.West), "08:01").ThenNothing();

    [Fact]
    public void Only_patients_of_the_unit_are_involved()
    {
        Quiet().When(new OpenIncident(IncidentKind.Fall, Ward.East, [TheStay]), "08:00").Then("patient-not-on-unit");
        Quiet().When(new OpenIncident(IncidentKind.Fall, Ward.West, [Guid.Empty]), "08:00").Then("stay-unknown");
        Open().When(new InvolvePatient(Guid.Empty), "08:01").Then("stay-unknown");
        Open().When(new InvolvePatient(null), "08:01").Then("stay-missing");
        Open(TheStay).When(new InvolvePatient(TheStay), "08:01").ThenNothing();
        Open(TheStay).When(new InvolvePatient(Another), "08:01").State.Patients().ShouldBe([TheStay, Another]);
    }

    [Fact]
    public void The_chain_is_in_the_order_of_its_times()
    {
        var given = Open(TheStay);
        given.When(new CallCode(Code.Behavioral), "08:04").Then<CodeCalled>();
        given
            .When(new RecordWarningSigns([WarningSign.Pacing, WarningSign.RaisedVoice], At: At("07:50")), "08:05")
            .Then<WarningSignsSeen>();
        given.When(new RecordAttempt(Technique.Music), "08:06").Then<DeescalationAttempted>();
        given.When(new NotifyOfIncident(Party.Provider, Channel.Phone), "08:07").Then<IncidentNotified>();
        given.When(new RecordInjury(Injured.Staff, Harm.Minor), "08:08").Then<InjuryRecorded>();
        given.When(new MoveIncident("Hallway"), "08:09").Then<IncidentMoved>();
        given
            .State.Steps.Select(step => step.Says)
            .ShouldBe([
                "warning signs: pacing, raised voice",
                "aggression, Day room",
                "involved in aggression, Day room",
                "code called, behavioral emergency",
                "tried music",
                "provider told by phone",
                "minor injury, staff",
                "now in Hallway",
            ]);
        (given.State.IsCode(), given.State.Place()).ShouldBe((true, "Hallway"));
    }

    [Fact]
    public void How_an_attempt_went_is_said_later_and_its_minutes_are_counted()
    {
        var given = Open(TheStay).When(new RecordAttempt(Technique.Music), "08:02").Given;
        var rated = given
            .When(new RateAttempt(given.Step(StepKind.Deescalation), Effect.Calmed, AvoidedRestriction: true), "08:10")
            .Then<DeescalationRated>();
        rated.Sentence(NewYork).ShouldBe("Incident, 08:10: music, calmed after 8 min, a restriction was avoided");
        given.State.Step(given.Step(StepKind.Deescalation))!.Says.ShouldBe("tried music, calmed after 8 min, a restriction was avoided");
        given.When(new RateAttempt(given.Step(StepKind.Deescalation), Effect.Calmed), "08:12").ThenNothing();
        given.When(new RateAttempt(given.Step(StepKind.Deescalation), Effect.Worse, 3), "08:13").Then<DeescalationRated>();
        given.When(new RateAttempt(given.Step(StepKind.Opened), Effect.Worse), "08:13").Then("step-unknown");
        given.When(new RateAttempt(null, Effect.Worse), "08:13").Then("step-unknown");
        given.When(new RateAttempt(given.Step(StepKind.Deescalation), null), "08:13").Then("effect-missing");
    }

    [Fact]
    public void A_step_says_what_it_is()
    {
        var given = Open(TheStay);
        given.When(new RecordWarningSigns([]), "08:01").Then("signs-missing");
        given.When(new RecordAttempt(null), "08:01").Then("technique-missing");
        given.When(new RecordAttempt(Technique.Other), "08:01").Then("remark-missing");
        given.When(new RecordAttempt(Technique.Walk, Minutes: 601), "08:01").Then("minutes-out-of-range");
        given.When(new CallCode(null), "08:01").Then("code-missing");
        given.When(new NotifyOfIncident(null), "08:01").Then("party-missing");
        given.When(new RecordInjury(null, Harm.None), "08:01").Then("injured-missing");
        given.When(new RecordInjury(Injured.Patient, null), "08:01").Then("harm-missing");
        given.When(new MoveIncident(" "), "08:01").Then("place-missing");
        given.When(new NoteIncident(null), "08:01").Then("remark-missing");
    }

    [Fact]
    public void A_step_is_neither_in_the_future_nor_long_before_the_incident()
    {
        Open(TheStay).When(new CallCode(Code.Medical, At: At("09:00")), "08:01").Then("time-in-future");
        Open(TheStay).When(new CallCode(Code.Medical, At: On("2026-11-16 08:00")), "08:01").Then("time-before-incident");
        Open(TheStay).When(new ResolveIncident(At: At("07:59")), "08:10").Then("end-before-incident");
    }

    [Fact]
    public void Nothing_is_recorded_on_an_incident_that_nobody_opened()
    {
        Quiet().When(new CallCode(Code.Medical), "08:00").Then("incident-unknown");
        Quiet().When(new ResolveIncident(), "08:00").Then("incident-unknown");
        Quiet().When(new TakeBackStep(null, "x"), "08:00").Then("incident-unknown");
        Quiet().When(new ReviewLevel(LevelOutcome.Kept), "08:00").Then("incident-unknown");
        Quiet().When(new HoldDebrief(DebriefOf.Staff), "08:00").Then("incident-unknown");
    }

    [Fact]
    public void Who_does_not_work_on_the_unit_records_nothing()
    {
        var floater = People.Technician with { Units = new HashSet<string> { Ward.East } };
        Quiet().When(new OpenIncident(IncidentKind.Fall, Ward.West), "08:00", floater).Then("unit-not-yours");
        Open(TheStay).When(new NoteIncident("x"), "08:01", floater).Then("unit-not-yours");
    }

    [Fact]
    public void Of_several_patients_the_one_concerned_is_named()
    {
        var given = Open(TheStay, Another);
        given.When(new RecordAttempt(Technique.Walk), "08:01").Then("stay-missing");
        given.When(new RecordWarningSigns([WarningSign.Pacing]), "08:01").Then("stay-missing");
        given.When(new RecordInjury(Injured.Patient, Harm.None), "08:01").Then("stay-missing");
        given.When(new NotifyOfIncident(Party.Family), "08:01").Then("stay-missing");
        given.When(new NotifyOfIncident(Party.Provider), "08:01").Then<IncidentNotified>().Stays.ShouldBe([TheStay, Another]);
        given.When(new RecordAttempt(Technique.Walk, Guid.Empty), "08:01").Then("patient-not-involved");
        given.When(new RecordAttempt(Technique.Walk, Another), "08:01").Then<DeescalationAttempted>().Stays.ShouldBe([Another]);
    }

    [Fact]
    public void No_patients_page_names_the_other_or_quotes_what_was_typed_about_both()
    {
        var given = Open(TheStay, Another);
        given.When(new CallCode(Code.Behavioral, "Maya Brook went for Luis Chen"), "08:01");
        given.When(new NotifyOfIncident(Party.Provider, Name: "Dr. of Chen", Remark: "about Brook and Chen"), "08:02");
        given.When(new RecordAttempt(Technique.Music, Another, Remark: "likes jazz"), "08:03");
        given.When(new RecordInjury(Injured.Staff, Harm.Minor, Remark: "hit by Brook"), "08:03");
        given.When(new CorrectStep(given.Step(StepKind.CodeCalled), "Chen came later", At("08:00")), "08:04");
        given.When(new NoteIncident("Chen's mother called"), "08:05");
        given.When(new ResolveIncident("Brook and Chen shook hands"), "08:30");
        given.Page(TheStay).ShouldAllBe(line => !line.Contains("Chen") && !line.Contains("Brook") && !line.Contains("jazz"));
        given.Page(Another).ShouldAllBe(line => !line.Contains("Chen") && !line.Contains("Brook"));
        given.Page(Another).ShouldContain("Incident, 08:03: tried music. likes jazz");
        given
            .Page(TheStay)
            .ShouldBe([
                "Incident, 08:00: involved in aggression, Day room",
                "Incident, 08:01: code called, behavioral emergency",
                "Incident, 08:02: provider told in person",
                "Incident: the entry of 08:01 was corrected to 08:00",
                "Incident, 08:30: resolved",
            ]);
    }

    [Fact]
    public void A_correction_keeps_what_stood_there_before()
    {
        var given = Open(TheStay).When(new NoteIncident("Two chairs"), "08:05").Given;
        var step = given.Step(StepKind.Note);
        given.When(new CorrectStep(step, "misread the clock", At("08:02")), "08:10").Then<IncidentStepCorrected>();
        given
            .When(new CorrectStep(step, "counted again", Remark: "Three chairs"), "08:11", People.Technician)
            .Then<IncidentStepCorrected>();
        var now = given.State.Step(step)!;
        (now.At, now.Remark, now.By).ShouldBe((At("08:02"), "Three chairs", "Dr. Okafor"));
        now.Was.ShouldBe([
            new(At("08:05"), "Two chairs", "misread the clock", "Dr. Okafor"),
            new(At("08:02"), "Two chairs", "counted again", "Sam Ortiz"),
        ]);
        given.When(new CorrectStep(step, "x", At("08:02"), "Three chairs"), "08:12").ThenNothing();
        given.When(new CorrectStep(step, null, At("08:03")), "08:12").Then("reason-missing");
        given.When(new CorrectStep(Guid.Empty, "x"), "08:12").Then("step-unknown");
    }

    [Fact]
    public void A_step_entered_in_error_stays_readable_and_counts_no_more()
    {
        var given = Open(TheStay).When(new CallCode(Code.Fire), "08:02").Given;
        given.When(new TakeBackStep(given.Step(StepKind.CodeCalled), "No code was called"), "08:03").Then<IncidentStepEnteredInError>();
        given.State.IsCode().ShouldBeFalse();
        given.State.Step(given.Step(StepKind.CodeCalled))!.InError.ShouldBe(new("No code was called", "Dr. Okafor"));
        given.When(new TakeBackStep(given.Step(StepKind.CodeCalled), "again"), "08:04").ThenNothing();
        given.When(new CorrectStep(given.Step(StepKind.CodeCalled), "x", At("08:01")), "08:04").Then("step-in-error");
        given.When(new MoveIncident("Hallway"), "08:05");
        given.When(new TakeBackStep(given.Step(StepKind.Moved), "wrong room"), "08:06").State.Place().ShouldBe("Day room");
    }

    [Fact]
    public void An_incident_opened_by_mistake_is_gone_from_the_boards_and_takes_nothing_more()
    {
        var given = Open(TheStay, Another);
        given
            .When(new TakeBackStep(given.Step(StepKind.Opened), "Mistaken tap"), "08:01", People.Technician)
            .Decision.Events.Select(e => e.About().Count())
            .ShouldBe([0, 1, 1]);
        (given.State.IsOpen(), given.State.OnUnit()).ShouldBe((false, null));
        given.State.OpenLoops().ShouldBeEmpty();
        given.When(new NoteIncident("x"), "08:02").Then("incident-in-error");
    }

    [Fact]
    public void A_nurse_resolves_and_a_technician_does_not_undo_it()
    {
        new Facility().PermissionsOf(Role.Technician).ShouldNotContain(Permission.ResolveIncident);
        new Facility().PermissionsOf(Role.Nurse).ShouldContain(Permission.ResolveIncident);
        var given = Resolved(TheStay);
        given.State.IsOpen().ShouldBeFalse();
        given.When(new ResolveIncident(), "08:40").ThenNothing();
        given.When(new TakeBackStep(given.Step(StepKind.Resolved), "x"), "08:41", People.Technician).Then("resolving-not-yours");

        // The opening takes all steps with it: also those that only a nurse may take back.
        given.When(new TakeBackStep(given.Step(StepKind.Opened), "Mistaken tap"), "08:41", People.Technician).Then("resolving-not-yours");
        given.When(new TakeBackStep(given.Step(StepKind.Resolved), "It goes on"), "08:41", People.Nurse).State.IsOpen().ShouldBeTrue();
    }
}
