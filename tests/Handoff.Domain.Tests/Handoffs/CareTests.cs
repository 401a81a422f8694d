using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Handoffs.Floor;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Handoffs;

public class CareTests
{
    private static readonly CarriedLoop Review = new($"care_task-{Scenario.Another}/task", "Level review · any nurse", null, null, 0);

    [Fact]
    public void A_patient_whom_the_feed_brings_at_night_is_in_the_care_of_whoever_is_in_charge()
    {
        var floor = Admitted("03:00");
        floor.Responsible.ShouldBe(People.Nurse.Staff);
        floor.Does(new TakeCharge { Key = Ward.West }, Ortiz, "03:10").Responsible.Name.ShouldBe("Ana Ortiz");
        floor.Does(new ComeOn { Key = "2-west.2026-11-17.night" }, Kim, "03:20");
        floor.Does(new TakePatient("2-west.2026-11-17.night") { Key = Maya }, Kim, "03:21").Responsible.Name.ShouldBe("Jordan Kim");
    }

    [Fact]
    public void Until_it_is_accepted_the_patient_stays_with_the_giver()
    {
        var floor = Given();
        (floor.Responsible.Id, floor.Care.Next!.To.Id).ShouldBe(("kim", "ruiz"));
        floor.Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:02");
        (floor.Responsible.Id, floor.Care.Next, floor.Care.Accepted!.Said.Watermark).ShouldBe(("ruiz", null, 40));
        floor.Try(new AcceptHandoff { Key = Maya }, Ruiz, "15:03").ShouldBeEmpty();
    }

    [Fact]
    public void What_was_declined_stays_with_the_giver_and_is_given_anew()
    {
        var floor = Given()
            .Refuses(new DeclineHandoff(" ") { Key = Maya }, Ruiz, "15:00", "reason-missing")
            .Does(new DeclineHandoff("Two 1:1 already") { Key = Maya }, Ruiz, "15:00");
        (floor.Responsible.Id, floor.Care.Next, floor.Care.Submitted, floor.Care.Declined).ShouldBe(("kim", null, null, "Two 1:1 already"));
        floor
            .Does(new ComeOn { Key = Evening }, Park, "15:01")
            .Does(new AssignPatient("park", Evening) { Key = Maya }, Ortiz, "15:02")
            .Refuses(new AcceptHandoff { Key = Maya }, Park, "15:03", "not-handed-over")
            .Does(Submit(), Kim, "15:04")
            .Does(new AcceptHandoff { Key = Maya }, Park, "15:05")
            .Responsible.Id.ShouldBe("park");
    }

    [Fact]
    public void Nobody_accepts_from_themselves() =>
        Given()
            .Refuses(new AcceptHandoff { Key = Maya }, Kim, "15:00", "never-from-oneself")
            .Refuses(new AcceptHandoff { Key = Maya }, Park, "15:00", "not-assigned")
            .Refuses(new AcceptHandoff { Key = Maya }, Ortiz, "15:00", "not-on-shift")
            .Does(new ComeOn { Key = Evening }, Ortiz, "15:01")
            .Does(new AcceptHandoff(Evening) { Key = Maya }, Ortiz, "15:02");

    [Fact]
    public void Who_sends_it_in_for_a_giver_who_left_does_not_accept_it()
    {
        var floor = Assigned()
            .Does(new GoOff(Reason: "Ill") { Key = Day }, Kim, "14:00")
            .Does(new JudgeSeverity(IllnessSeverity.Stable) { Key = Maya }, Osei, "14:50");
        floor.Refuses(Submit(), Park, "14:55", "not-your-patient").Does(Submit(), Osei, "14:55");
        (floor.Care.Submitted!.By.Id, floor.Care.Submitted.Said.For.Id, floor.Responsible.Id).ShouldBe(("osei", "kim", "kim"));
        floor
            .Refuses(new AcceptHandoff { Key = Maya }, Osei, "15:00", "never-from-oneself")
            .Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:00")
            .Responsible.Id.ShouldBe("ruiz");
    }

    [Fact]
    public void At_the_last_shift_of_a_unit_that_closes_a_supervisor_takes_over()
    {
        var floor = Assigned()
            .Refuses(new TakeOver("Unit closes") { Key = Maya }, Kim, "15:00", "needs-charge")
            .Refuses(new TakeOver(null) { Key = Maya }, Raman, "15:00", "reason-missing");
        floor.Does(new TakeOver("Unit closes") { Key = Maya }, Raman, "15:00").Responsible.Id.ShouldBe("raman");
        floor.Try(new TakeOver("Unit closes") { Key = Maya }, Raman, "15:01").ShouldBeEmpty();
    }

    [Fact]
    public void Only_somebody_who_is_on_is_given_patients()
    {
        var floor = Assigned();
        floor
            .Refuses(new AssignPatient("park", Evening) { Key = Maya }, Ortiz, "14:50", "person-not-on")
            .Refuses(new AssignPatient("ruiz", "3-east.2026-11-18.day") { Key = Maya }, Ortiz, "14:50", "shift-unknown")
            .Refuses(new AssignPatient("kim", Day) { Key = Maya }, Ortiz, "15:00", "shift-over")
            .Refuses(new AssignPatient("ruiz", Evening) { Key = Maya }, Park, "14:50", "needs-charge")
            .Refuses(new AssignPatient(null, Evening) { Key = Maya }, Ortiz, "14:50", "person-missing");
        floor.Try(new AssignPatient("ruiz", Evening) { Key = Maya }, Ortiz, "14:50").ShouldBeEmpty();
    }

    [Fact]
    public void A_double_shift_needs_no_handing_over()
    {
        var floor = Given()
            .Does(new ComeOn { Key = Evening }, Kim, "14:58")
            .Does(new AssignPatient("kim", Evening) { Key = Maya }, Ortiz, "14:59");
        (floor.Responsible.Id, floor.Care.Next, floor.Care.Submitted).ShouldBe(("kim", null, null));
    }

    [Fact]
    public void A_patient_who_has_somebody_is_not_taken() =>
        Assigned().Refuses(new TakePatient(Evening) { Key = Maya }, Ruiz, "14:50", "has-somebody");

    [Fact]
    public void A_new_patient_is_accepted_without_a_note()
    {
        var floor = Admitted()
            .Does(new TakeCharge { Key = Ward.West }, Ortiz, "08:00")
            .Does(new ComeOn { Key = Day }, Kim, "08:00")
            .Does(new ComeOn { Key = Day }, Park, "08:00");
        floor
            .Does(new AssignPatient("kim", Day) { Key = Maya }, Ortiz, "08:01")
            .Refuses(new TakePatient(Day) { Key = Maya }, Park, "08:02", "assigned-to-another");
        floor.Does(new AcceptHandoff { Key = Maya }, Kim, "08:03").Responsible.Id.ShouldBe("kim");
    }

    [Fact]
    public void A_watcher_is_read_back_before_they_are_accepted()
    {
        var floor = Given(IllnessSeverity.Watcher)
            .Refuses(new AcceptHandoff { Key = Maya }, Ruiz, "15:00", "read-back-first")
            .Does(new GiveReadBack("Watch at meals") { Key = Maya }, Ruiz, "15:01");
        var heard = floor.Care.ReadBacks.ShouldHaveSingleItem();
        floor
            .Refuses(new AnswerReadBack(heard.Id) { Key = Maya }, Ruiz, "15:02", "not-your-patient")
            .Does(new AnswerReadBack(heard.Id, "Not meals: the evening") { Key = Maya }, Kim, "15:02");
        floor.Care.ReadBacks[0].ShouldBe(heard with { IsAnswered = true, Correction = "Not meals: the evening", AnsweredBy = Kim.Staff });
        floor.Does(new GiveReadBack { Key = Maya }, Ruiz, "15:03").Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:04");
    }

    [Fact]
    public void Questions_and_answers_are_kept()
    {
        var floor = Given().Does(new AskHandoff("Any calls?") { Key = Maya }, Ruiz, "15:00");
        var asked = floor.Care.Questions.ShouldHaveSingleItem();
        floor
            .Does(new AnswerHandoff(asked.Id, "The sister, at 13:00") { Key = Maya }, Kim, "15:01")
            .Care.Questions[0]
            .Answer.ShouldBe("The sister, at 13:00");
        floor.Refuses(new AnswerHandoff(Guid.NewGuid(), "x") { Key = Maya }, Kim, "15:01", "question-unknown");
    }

    [Fact]
    public void Two_authors_words_both_survive_and_each_sees_the_others()
    {
        var floor = Assigned()
            .Does(new WriteHandoff(HandoffSection.PatientSummary, "Slept badly") { Key = Maya }, Kim, "14:00")
            .Does(new WriteHandoff(HandoffSection.PatientSummary, "Talks at meals") { Key = Maya }, Ortiz, "14:01");
        floor.Does(new WriteHandoff(HandoffSection.PatientSummary, "Slept badly, cried") { Key = Maya }, Kim, "14:02");
        floor.Care.Texts.Select(t => (t.By.Id, t.Words)).ShouldBe([("ortiz", "Talks at meals"), ("kim", "Slept badly, cried")]);
        floor.Try(new WriteHandoff(HandoffSection.PatientSummary, "Talks at meals") { Key = Maya }, Ortiz, "14:03").ShouldBeEmpty();
        floor
            .Does(new WriteHandoff(HandoffSection.PatientSummary, null) { Key = Maya }, Ortiz, "14:04")
            .Care.Texts.ShouldHaveSingleItem()
            .By.Id.ShouldBe("kim");
        floor.Refuses(new WriteHandoff(HandoffSection.Hindrance, "x") { Key = Maya }, Kim, "14:05", "section-unknown");
    }

    [Fact]
    public void What_is_written_after_it_was_given_waits_for_the_next_hand_over()
    {
        var floor = Assigned()
            .Does(new WriteHandoff(HandoffSection.ActionList, "Call the sister") { Key = Maya }, Kim, "14:40")
            .Does(new JudgeSeverity(IllnessSeverity.Stable) { Key = Maya }, Kim, "14:41")
            .Does(Submit(), Kim, "14:42");
        floor.Try(Submit(), Kim, "14:43").ShouldBeEmpty();
        floor
            .Does(new WriteHandoff(HandoffSection.PatientSummary, "Ate well") { Key = Maya }, Kim, "14:44")
            .Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:00");
        floor.Care.Accepted!.Said.Texts.ShouldHaveSingleItem().Words.ShouldBe("Call the sister");
        floor.Care.Texts.ShouldHaveSingleItem().Words.ShouldBe("Ate well");
    }

    [Fact]
    public void An_open_point_is_put_off_or_somebody_elses_before_the_patient_is_given()
    {
        var floor = Assigned()
            .Does(
                new RaiseTask("Level review", new(Role.Nurse), At("20:00"), Scenario.TheStay) { Key = $"{Scenario.Another}" },
                People.Nurse,
                "14:00"
            );
        floor
            .Refuses(Submit(), Kim, "14:49", "severity-missing")
            .Does(new JudgeSeverity(IllnessSeverity.Stable) { Key = Maya }, Kim, "14:50")
            .Refuses(Submit(Review), Kim, "14:51", "loop-open");
        floor
            .Refuses(new DeferLoop(Review.Loop, "") { Key = Maya }, Kim, "14:52", "reason-missing")
            .Does(new DeferLoop(Review.Loop, "Prescriber comes at 16:00") { Key = Maya }, Kim, "14:52")
            .Does(Submit(Review), Kim, "14:53");
        floor
            .Care.Submitted!.Said.Loops.ShouldHaveSingleItem()
            .ShouldBe(Review with { Reason = "Prescriber comes at 16:00", Deferred = 1 });
        floor
            .Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:00")
            .Does(new ComeOn { Key = Night }, Park, "22:40")
            .Does(new AssignPatient("park", Night) { Key = Maya }, Osei, "22:41");
        floor
            .Refuses(Submit(Review), Ruiz, "22:45", "loop-open")
            .Does(new DeferLoop(Review.Loop, "Prescriber comes at 16:00") { Key = Maya }, Ruiz, "22:46");
        floor.Care.Settled(Review.Loop)!.Deferred.ShouldBe(2);
        floor
            .Does(new ReownLoop(Review.Loop, "park", Night) { Key = Maya }, Ruiz, "22:47")
            .Does(Submit(Review), Ruiz, "22:48")
            .Care.Submitted!.Said.Loops[0]
            .To.ShouldBe(Park.Staff);
    }

    [Fact]
    public void After_a_move_the_giver_is_responsible_until_somebody_there_accepts()
    {
        var floor = Assigned();
        floor.Ward.Send(new Transfer(Ward.East, "1") { Key = Maya }, At("12:00"));
        floor.Ward.Settle(At("12:00"));
        (floor.Care.Unit, floor.Responsible.Id, floor.Care.Next).ShouldBe((Ward.East, "kim", null));
        floor
            .Refuses(new TakePatient("2-east.2026-11-18.day") { Key = Maya }, Ruiz, "12:05", "has-somebody")
            .Does(new TakeOver("Came to us") { Key = Maya }, Osei, "12:06");
    }

    [Fact]
    public void After_the_discharge_nobody_hands_over()
    {
        var floor = Assigned();
        floor.Ward.Send(new Discharge { Key = Maya }, At("14:50"));
        floor.Ward.Settle(At("14:50"));
        floor
            .Refuses(new JudgeSeverity(IllnessSeverity.Stable) { Key = Maya }, Kim, "14:51", "stay-over")
            .Refuses(new AcceptHandoff { Key = Scenario.Another.ToString() }, Kim, "14:51", "stay-unknown");
    }
}
