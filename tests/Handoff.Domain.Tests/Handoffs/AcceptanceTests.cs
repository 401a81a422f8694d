using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Handoffs.Floor;

namespace Handoff.Domain.Tests.Handoffs;

/// <summary>Who accepts a patient, and on what.</summary>
public class AcceptanceTests
{
    [Fact]
    public void A_read_back_that_the_giver_called_wrong_is_corrected_and_read_back_again_first()
    {
        var floor = Given(IllnessSeverity.Watcher).Does(new GiveReadBack { Key = Maya }, Ruiz, "15:00");
        floor.Does(new AnswerReadBack(floor.Care.ReadBacks[0].Id, "She does not eat alone") { Key = Maya }, Kim, "15:01");
        floor.Refuses(new AcceptHandoff { Key = Maya }, Ruiz, "15:02", "read-back-wrong");
        floor.Does(new GiveReadBack { Key = Maya }, Ruiz, "15:03").Care.ReadBacks.Count.ShouldBe(2);
        floor
            .Does(new AnswerReadBack(floor.Care.ReadBacks[1].Id, "Nor in her room") { Key = Maya }, Kim, "15:04")
            .Refuses(new AcceptHandoff { Key = Maya }, Ruiz, "15:05", "read-back-wrong");
        floor
            .Does(new GiveReadBack("Neither alone nor in her room") { Key = Maya }, Ruiz, "15:06")
            .Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:07")
            .Responsible.Id.ShouldBe("ruiz");
    }

    [Fact]
    public void A_wrong_answer_to_the_readback_of_a_stable_patient_stands_in_the_way_of_whoever_accepts()
    {
        var floor = Given().Does(new GiveReadBack("All calm") { Key = Maya }, Ruiz, "15:00");
        floor
            .Does(new AnswerReadBack(floor.Care.ReadBacks[0].Id, "She cried at lunch") { Key = Maya }, Kim, "15:01")
            .Does(new ComeOn { Key = Evening }, Ortiz, "15:01");
        floor.Refuses(new AcceptHandoff(Evening) { Key = Maya }, Ortiz, "15:02", "read-back-wrong");
        floor
            .Does(new AnswerReadBack(floor.Care.ReadBacks[0].Id) { Key = Maya }, Kim, "15:03")
            .Does(new AcceptHandoff(Evening) { Key = Maya }, Ortiz, "15:04");
    }

    [Fact]
    public void A_stable_patient_with_something_urgent_open_is_read_back_too()
    {
        var floor = Concerned("Urgent");
        floor
            .Does(new DeferLoop(Loop, "Prescriber comes at 16:00") { Key = Maya }, Kim, "14:52")
            .Does(Submit(Carried(Pressing.Urgent)), Kim, "14:55");
        floor
            .Refuses(new AcceptHandoff { Key = Maya }, Ruiz, "15:00", "read-back-first")
            .Does(new GiveReadBack { Key = Maya }, Ruiz, "15:01")
            .Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:02");
    }

    [Fact]
    public void What_becomes_urgent_after_a_hand_over_was_given_is_read_back_before_the_patient_is_accepted()
    {
        var floor = Given();
        UrgentLoop concern = new(Loop, "Will not drink", Times.At("15:05"));
        floor.Refuses(new AcceptHandoff(null, [concern]) { Key = Maya }, Ruiz, "15:06", "read-back-first");
        floor
            .Does(new GiveReadBack(null, [concern]) { Key = Maya }, Ruiz, "15:07")
            .Does(new AcceptHandoff(null, [concern]) { Key = Maya }, Ruiz, "15:08")
            .Responsible.Id.ShouldBe("ruiz");
    }

    [Fact]
    public void A_read_back_from_before_something_became_urgent_is_not_one_of_it()
    {
        var floor = Given(IllnessSeverity.Watcher).Does(new GiveReadBack { Key = Maya }, Ruiz, "15:00");
        UrgentLoop concern = new(Loop, "Will not drink", Times.At("15:05")),
            late = new("incident-x/incident-open", "fall since 14:30 is not resolved", Times.At("14:30"));
        floor
            .Refuses(new AcceptHandoff(null, [concern]) { Key = Maya }, Ruiz, "15:06", "read-back-first")
            .Refuses(new AcceptHandoff(null, [late]) { Key = Maya }, Ruiz, "15:06", "read-back-first");
        floor.Does(new GiveReadBack(null, [concern, late]) { Key = Maya }, Ruiz, "15:07").Care.ReadBacks.Count.ShouldBe(2);
        floor.Try(new GiveReadBack(null, [concern]) { Key = Maya }, Ruiz, "15:08").ShouldBeEmpty();
        floor.Refuses(
            new AcceptHandoff(null, [concern with { Since = Times.At("15:09") }]) { Key = Maya },
            Ruiz,
            "15:10",
            "read-back-first"
        );
        floor.Does(new AcceptHandoff(null, [concern, late]) { Key = Maya }, Ruiz, "15:11");
    }

    [Fact]
    public void What_was_put_off_as_routine_and_is_urgent_now_is_read_back()
    {
        var floor = Concerned("Routine")
            .Does(new DeferLoop(Loop, "Tomorrow") { Key = Maya }, Kim, "14:52")
            .Does(Submit(Carried(Pressing.Usual)), Kim, "14:55");
        floor
            .Refuses(
                new AcceptHandoff(null, [new(Loop, "Will not drink", Times.At("14:45"))]) { Key = Maya },
                Ruiz,
                "15:00",
                "read-back-first"
            )
            .Does(new AcceptHandoff(null, []) { Key = Maya }, Ruiz, "15:01");
    }

    [Fact]
    public void Who_wrote_the_words_does_not_accept_them_but_takes_over_with_a_reason()
    {
        var floor = Assigned()
            .Does(new WriteHandoff(HandoffSection.ActionList, "Call the sister") { Key = Maya }, Ruiz, "14:48")
            .Does(new JudgeSeverity(IllnessSeverity.Stable) { Key = Maya }, Kim, "14:50")
            .Does(Submit(), Kim, "14:55");
        floor
            .Refuses(new AcceptHandoff { Key = Maya }, Ruiz, "15:00", "own-words")
            .Refuses(new TakeOver(" ") { Key = Maya }, Ruiz, "15:00", "reason-missing")
            .Refuses(new TakeOver("x") { Key = Maya }, Park, "15:00", "needs-charge");
        floor.Does(new TakeOver("Only the two of us tonight") { Key = Maya }, Ruiz, "15:01").Responsible.Id.ShouldBe("ruiz");
        (floor.Care.Accepted!.TakenOver, floor.Care.Accepted.Said.Texts.ShouldHaveSingleItem().Words).ShouldBe(
            ("Only the two of us tonight", "Call the sister")
        );
    }

    [Fact]
    public void Whoever_is_assigned_does_not_take_over_what_was_not_handed_over_yet() =>
        Assigned().Refuses(new TakeOver("Impatient") { Key = Maya }, Ruiz, "14:50", "needs-charge");

    [Fact]
    public void Who_accepts_is_on_shift()
    {
        var floor = Given().Does(new GoOff(Reason: "Called away") { Key = Evening }, Ruiz, "14:58");
        floor
            .Refuses(new AcceptHandoff { Key = Maya }, Ruiz, "15:00", "not-on-shift")
            .Refuses(new AcceptHandoff(Night) { Key = Maya }, Ruiz, "15:00", "not-on-shift");
        floor.Does(new ComeOn { Key = Evening }, Ruiz, "15:05").Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:06");
    }

    [Fact]
    public void What_was_accepted_is_kept_whole_with_its_read_backs_and_questions()
    {
        var floor = Accepted();
        floor.Ward.Restart();
        floor.Care.Accepted!.ShouldSatisfyAllConditions(
            a => (a.By!.Id, a.To.Id, a.TakenOver).ShouldBe(("kim", "ruiz", null)),
            a =>
                a.ReadBacks.ShouldHaveSingleItem()
                    .ShouldSatisfyAllConditions(r => r.Words.ShouldBe("I call the sister"), r => r.IsAnswered.ShouldBeTrue()),
            a => a.Questions.ShouldHaveSingleItem().Answer.ShouldBe("After 20:00")
        );
        (floor.Care.ReadBacks.Count, floor.Care.Questions.Count, floor.Care.Texts.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void The_givers_words_stay_on_the_timeline_and_a_search_finds_them()
    {
        var floor = Accepted();
        var history = Domain.Timeline.History.FromFacts([
            .. floor.Ward.Log.Where(f => f.Key == Maya).Select((f, i) => new Domain.Timeline.Fact(i + 1, f)),
        ]);
        new Domain.Timeline.EntryFilter(Words: "sister").In(history, Times.NewYork).ShouldContain(e => e.Event is HandoffSubmitted);
        new Domain.Timeline.EntryFilter(Words: "20:00").In(history, Times.NewYork).ShouldContain(e => e.Event is HandoffAnswered);
        new Domain.Timeline.EntryFilter(Words: "sister").In(history, Times.NewYork).ShouldContain(e => e.Event is ReadBack);
    }

    [Fact]
    public void The_whole_note_is_told_as_it_was_given_and_says_what_was_struck_since()
    {
        var floor = Assigned()
            .Does(new Domain.Observations.RecordCheck("Room", true, false) { Key = Maya }, Kim, "14:40")
            .Does(new JudgeSeverity(IllnessSeverity.Stable) { Key = Maya }, Kim, "14:41");
        var check = floor.Ward.Log[^2];
        floor
            .Does(new SubmitHandoff(floor.Ward.Log.Count, [], Times.At("07:00")) { Key = Maya }, Kim, "14:42")
            .Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:00")
            .Does(new Domain.Observations.TakeBackCheck(check.Id, "Wrong room") { Key = Maya }, Kim, "15:05");
        var note = GivenNote.FromHandoff(
            AcceptedHandoff.All(floor.Ward.Log).ShouldHaveSingleItem(),
            [.. floor.Ward.Log.Select((f, i) => (i + 1L, f))],
            Times.NewYork
        );
        note.IsStruckSince(note.Sections.SelectMany(s => s.Lines).Single(l => l.Words.Contains("NOT seen"))).ShouldBeTrue();
        note.Sections.SelectMany(s => s.Lines).Count(note.IsStruckSince).ShouldBe(1);
    }

    [Fact]
    public void Who_gave_looks_back_and_adds_what_was_left_out_which_is_news_to_who_accepted()
    {
        var floor = Accepted();
        floor
            .Refuses(new AddToHandoff("x") { Key = Maya }, Ruiz, "15:10", "not-your-handoff")
            .Refuses(new AddToHandoff(" ") { Key = Maya }, Kim, "15:10", "words-missing");
        floor
            .Does(new AddToHandoff("The sister comes at 21:00") { Key = Maya }, Kim, "15:10")
            .Try(new AddToHandoff("The sister comes at 21:00") { Key = Maya }, Kim, "15:11")
            .ShouldBeEmpty();
        floor.Care.Accepted!.Added.ShouldHaveSingleItem().Words.ShouldBe("The sister comes at 21:00");
        HandoffFacts.IsTold($"care-{Maya}", floor.Ward.Log[^1].Event).ShouldBeTrue();
        floor.Does(new CloseHandoff { Key = Maya }, Kim, "15:12").Try(new CloseHandoff { Key = Maya }, Kim, "15:13").ShouldBeEmpty();
        AcceptedHandoff.All(floor.Ward.Log).ShouldHaveSingleItem().ClosedAt.ShouldBe(Times.At("15:12"));
    }

    [Fact]
    public void Until_a_hand_over_was_accepted_there_is_nothing_to_look_back_on() =>
        Given()
            .Refuses(new AddToHandoff("x") { Key = Maya }, Kim, "15:00", "handoff-not-accepted")
            .Refuses(new CloseHandoff { Key = Maya }, Kim, "15:00", "handoff-not-accepted");

    [Fact]
    public void What_does_not_exist_yet_is_not_put_off()
    {
        var floor = Assigned();
        foreach (
            var loop in new[]
            {
                Loop,
                $"incident-{Scenario.Another}/incident-open",
                "unit-2-west/task",
                "care-x/contingency-1",
                "nothing",
                "care_task-\u0000/task",
                $"rounding-{Maya}/check",
            }
        )
        {
            floor
                .Refuses(new DeferLoop(loop, "Later") { Key = Maya }, Kim, "14:50", "loop-unknown")
                .Refuses(new ReownLoop(loop, "ruiz", Evening) { Key = Maya }, Kim, "14:50", "loop-unknown");
        }

        floor.Ward.Send(new Domain.Stays.Admit("M2", "Chen", "Luis", Ward.West, "2") { Key = $"{Scenario.Another}" }, Times.At("14:49"));
        floor
            .Does(Concern("Urgent", Scenario.Another), People.Nurse, "14:50")
            .Refuses(new DeferLoop(Loop, "Later") { Key = Maya }, Kim, "14:51", "loop-unknown");
    }

    [Fact]
    public void An_emergency_is_answered_and_neither_put_off_nor_passed_on()
    {
        var floor = Concerned("Emergency");
        floor
            .Refuses(new DeferLoop(Loop, "Later") { Key = Maya }, Kim, "14:52", "loop-emergency")
            .Refuses(new ReownLoop(Loop, "ruiz", Evening) { Key = Maya }, Kim, "14:52", "loop-emergency");
        floor.Refuses(Submit(Carried(Pressing.Emergency)), Kim, "14:53", "loop-emergency");
        floor.Ward.Send(new Domain.Escalations.AcknowledgeEscalation("I come") { Key = $"{Scenario.Another}" }, Times.At("14:54"));
        floor.Does(Submit(), Kim, "14:55");
    }

    [Fact]
    public void A_running_incident_is_spoken_for_in_the_hand_over_of_each_patient_in_it()
    {
        var floor = Assigned().Does(ContingencyTests.Opened(Domain.Incidents.IncidentKind.Aggression), People.Nurse, "14:30");
        var incident = floor.Ward.Log.Single(f => f.Event is Domain.Incidents.IncidentOpened);
        floor.Does(new DeferLoop($"{incident.Stream}/incident-open", "Still going on") { Key = Maya }, Kim, "14:40");
    }

    private static Floor Accepted()
    {
        var floor = Assigned()
            .Does(new WriteHandoff(HandoffSection.ActionList, "Call the sister") { Key = Maya }, Kim, "14:40")
            .Does(new JudgeSeverity(IllnessSeverity.Watcher) { Key = Maya }, Kim, "14:41")
            .Does(Submit(), Kim, "14:42");
        floor
            .Does(new GiveReadBack("I call the sister") { Key = Maya }, Ruiz, "15:00")
            .Does(new AskHandoff("When?") { Key = Maya }, Ruiz, "15:01");
        floor
            .Does(new AnswerHandoff(floor.Care.Questions[0].Id, "After 20:00") { Key = Maya }, Kim, "15:02")
            .Does(new AnswerReadBack(floor.Care.ReadBacks[0].Id) { Key = Maya }, Kim, "15:02");
        return floor.Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:03");
    }

    private static string Loop => $"escalation-{Scenario.Another}/escalation";

    private static CarriedLoop Carried(Pressing pressing) => new(Loop, "Concern", null, null, 0, pressing);

    private static Domain.Escalations.EscalateConcern Concern(string urgency, Guid? stay = null) =>
        new(stay ?? Scenario.TheStay, Enum.Parse<Domain.Escalations.Urgency>(urgency), "Will not drink") { Key = $"{Scenario.Another}" };

    private static Floor Concerned(string urgency) =>
        Assigned()
            .Does(Concern(urgency), People.Nurse, "14:45")
            .Does(new JudgeSeverity(IllnessSeverity.Stable) { Key = Maya }, Kim, "14:50");
}
