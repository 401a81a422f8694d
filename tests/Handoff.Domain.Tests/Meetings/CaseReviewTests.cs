using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;

namespace Handoff.Domain.Tests.Meetings;

public class CaseReviewTests
{
    private const string Today = "2-west.2026-11-18";

    private static readonly string Patient = Scenario.Another.ToString();
    private static readonly TaskOwner Nurses = new(Role.Nurse);

    private readonly Ward ward = Ward.Usual();

    public CaseReviewTests()
    {
        ward.Send(new Admit("M1", "Brook", "Maya", Ward.West, "1") { Key = Patient }, Times.At("08:00")).Refusal.ShouldBeNull();
        ward.Send(new OpenMeeting { Key = Today }, Times.At("09:00"), People.Nurse).Refusal.ShouldBeNull();
    }

    [Fact]
    public void A_review_keeps_how_far_the_team_had_looked()
    {
        ward.Send(Review(40), Times.At("09:10"), People.Nurse)
            .ShouldHaveSingleItem()
            .ShouldBe(new PatientReviewed(Times.At("09:10"), Today, 40));
        ward.Send(Review(40), Times.At("09:11"), People.Nurse).ShouldBeEmpty();
        ward.Send(Review(39), Times.At("09:12"), People.Nurse).ShouldBeEmpty();
        ward.Send(Review(45), Times.At("09:13"), People.Nurse).ShouldHaveSingleItem();
        (State.Last!.UpTo, State.BeforeMeeting(Today)).ShouldBe((45, null));
    }

    [Fact]
    public void The_next_meeting_begins_where_the_last_one_ended()
    {
        ward.Send(Review(40), Times.At("09:10"), People.Nurse);
        ward.Send(new OpenMeeting { Key = "2-west.2026-11-19" }, Times.On("2026-11-19 09:00"), People.Nurse);
        State.BeforeMeeting("2-west.2026-11-19")!.UpTo.ShouldBe(40);
        ward.Send(Review(70) with { Meeting = "2-west.2026-11-19" }, Times.On("2026-11-19 09:10"), People.Nurse);
        (State.BeforeMeeting("2-west.2026-11-19")!.UpTo, State.BeforeMeeting("2-west.2026-11-20")!.UpTo).ShouldBe((40, 70));
    }

    [Fact]
    public void A_review_of_a_page_that_was_open_too_long_takes_nothing_back()
    {
        ward.Send(Review(40), Times.At("09:10"), People.Nurse);
        ward.Send(new OpenMeeting { Key = "2-west.2026-11-19" }, Times.On("2026-11-19 09:00"), People.Nurse);
        ward.Send(Review(30) with { Meeting = "2-west.2026-11-19" }, Times.On("2026-11-19 09:10"), People.Nurse);
        State.Last!.UpTo.ShouldBe(40);
    }

    [Theory]
    [InlineData(null, "meeting-missing")]
    [InlineData("whenever", "meeting-id-invalid")]
    [InlineData("2-west.2026-11-17", "meeting-not-open")]
    public void A_review_and_a_decision_need_a_meeting_that_is_open(string? meeting, string code)
    {
        ward.Send(Review(40) with { Meeting = meeting }, Times.At("09:10"), People.Nurse).Refusal!.Code.ShouldBe(code);
        ward.Send(Weigh with { Meeting = meeting }, Times.At("09:10"), People.Nurse).Refusal!.Code.ShouldBe(code);
    }

    [Fact]
    public void A_unit_speaks_of_its_own_patients_who_are_there()
    {
        ward.Send(new Transfer(Ward.East, "1") { Key = Patient }, Times.At("09:05")).Refusal.ShouldBeNull();
        ward.Send(Review(40), Times.At("09:10"), People.Nurse).Refusal!.Code.ShouldBe("patient-elsewhere");
        ward.Send(Review(40) with { Key = "nobody" }, Times.At("09:10"), People.Nurse).Refusal!.Code.ShouldBe("stay-unknown");
        ward.Send(Review(40), Times.At("09:10"), People.Nurse with { Units = new HashSet<string> { Ward.West } })
            .Refusal!.Code.ShouldBe("unit-not-yours");
        ward.Send(new Discharge { Key = Patient }, Times.At("09:15")).Refusal.ShouldBeNull();
        ward.Send(Weigh, Times.At("09:20"), People.Nurse).Refusal!.Code.ShouldBe("stay-over");
    }

    [Theory]
    [InlineData(" ", "words-missing")]
    [InlineData("Weigh daily", "owner-missing")]
    public void A_decision_says_what_and_whose(string words, string code) =>
        ward.Send(Weigh with { Words = words, Owner = null }, Times.At("09:10"), People.Nurse).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void A_decision_says_by_when()
    {
        ward.Send(Weigh with { Due = null }, Times.At("09:10"), People.Nurse).Refusal!.Code.ShouldBe("due-missing");
        ward.Send(Weigh with { Due = Times.At("09:00") }, Times.At("09:10"), People.Nurse).Refusal!.Code.ShouldBe("due-in-past");
        ward.Send(Weigh with { Words = new string('x', 501) }, Times.At("09:10"), People.Nurse).Refusal!.Code.ShouldBe("text-too-long");
    }

    [Fact]
    public void A_decision_becomes_a_task_of_its_owner_once_and_the_hand_over_tells_it()
    {
        var decided = Decide();
        Follow("09:11")
            .ShouldHaveSingleItem()
            .ShouldBe(
                new TaskRaised(Times.At("09:11"), Ward.West, Scenario.Another, "Weigh daily", Nurses, Times.At("15:00"), new(decided.Id))
            );
        Follow("09:12").ShouldBeEmpty();
        decided
            .Event.ForHandoff(Times.NewYork)!
            .Words.ShouldBe("Decided in the team meeting, for any nurse by Wed 18 Nov 15:00: Weigh daily");
        Line("09:12").Standing.ShouldBe(DecisionStanding.Raised);
    }

    [Fact]
    public void A_decision_whose_time_passed_before_the_service_could_follow_is_an_overdue_task()
    {
        Decide();
        Follow("15:30").ShouldHaveSingleItem();
        Line("15:30").Standing.ShouldBe(DecisionStanding.Overdue);
    }

    [Fact]
    public void A_decision_about_somebody_who_has_left_meanwhile_is_no_task()
    {
        Decide();
        ward.Send(new Discharge { Key = Patient }, Times.At("09:11")).Refusal.ShouldBeNull();
        Follow("09:12").ShouldBeEmpty();
    }

    [Fact]
    public void What_is_taken_back_is_said_and_its_task_is_withdrawn()
    {
        var decided = Decide();
        Follow("09:11");
        TakeBack(decided.Id, " ", "09:12").Refusal!.Code.ShouldBe("reason-missing");
        TakeBack(null, "Weighed already", "09:12").Refusal!.Code.ShouldBe("decision-missing");
        TakeBack(Guid.NewGuid(), "Weighed already", "09:12").Refusal!.Code.ShouldBe("decision-unknown");
        TakeBack(decided.Id, "Weighed already", "09:12").ShouldHaveSingleItem().Amends()!.Entry.ShouldBe(decided.Id);
        TakeBack(decided.Id, "Weighed already", "09:13").ShouldBeEmpty();
        Follow("09:14").ShouldHaveSingleItem().Sentence(Times.NewYork).ShouldBe("Task withdrawn: Weigh daily (Weighed already)");
        Follow("09:15").ShouldBeEmpty();
        Task.IsOpen().ShouldBeFalse();
        ward.Send(new FinishTask { Key = decided.Id.ToString() }, Times.At("09:16"), People.Nurse).Refusal!.Code.ShouldBe("task-withdrawn");
        Line("09:15")
            .ShouldSatisfyAllConditions(l => l.Standing.ShouldBe(DecisionStanding.TakenBack), l => l.Said.ShouldBe("Weighed already"));
    }

    [Fact]
    public void What_is_taken_back_before_the_task_was_raised_raises_none()
    {
        TakeBack(Decide().Id, "A slip", "09:11");
        Follow("09:12").ShouldBeEmpty();
        Task.IsKnown().ShouldBeFalse();
    }

    [Fact]
    public void A_task_that_is_done_stays_done_when_its_decision_is_taken_back()
    {
        var decided = Decide();
        Follow("09:11");
        ward.Send(new FinishTask("82 kg") { Key = decided.Id.ToString() }, Times.At("09:20"), People.Nurse).Refusal.ShouldBeNull();
        TakeBack(decided.Id, "Not needed", "09:30");
        Follow("09:31").ShouldBeEmpty();
        Task.Outcome.ShouldBe("82 kg");
    }

    [Fact]
    public void Earlier_decisions_are_those_of_the_last_meeting_that_had_any()
    {
        Decide();
        var (now, earlier) = PatientMeeting.DecisionsOf(State, Today);
        (now.Count, earlier.Count).ShouldBe((1, 0));
        (now, earlier) = PatientMeeting.DecisionsOf(State, "2-west.2026-11-25");
        (now.Count, earlier.Count).ShouldBe((0, 1));
    }

    private CaseReview State => ward.Of<CaseReview>(Patient);

    private CareTask Task => ward.Of<CareTask>(State.Decisions[0].Id.ToString());

    private static RecordDecision Weigh => new("Weigh daily", Nurses, Times.At("15:00"), Today) { Key = Patient };

    private static ReviewPatient Review(long upTo) => new(Today, upTo) { Key = Patient };

    private EventEnvelope Decide()
    {
        ward.Send(Weigh, Times.At("09:10"), People.Nurse).ShouldHaveSingleItem();
        return ward.Log[^1];
    }

    private Decision TakeBack(Guid? decision, string reason, string clock) =>
        ward.Send(new TakeBackDecision(decision, reason) { Key = Patient }, Times.At(clock), People.Nurse);

    private Decision Follow(string clock) =>
        ward.Send(ward.Log.SelectMany(FollowDecision.Reaction.React).Last(), Times.At(clock), Actor.Clock);

    private DecisionLine Line(string clock) => DecisionLine.FromTask(State.Decisions[0], Task, Times.At(clock));
}
