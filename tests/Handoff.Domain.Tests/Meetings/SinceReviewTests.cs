using Handoff.Domain.Access;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Tasks;
using Handoff.Domain.Tests.Timeline;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tests.Meetings;

public class SinceReviewTests
{
    private readonly Told told = new();

    [Fact]
    public void What_is_of_note_stands_in_lines_and_the_rest_is_counted()
    {
        told.Check("2026-11-18 08:00");
        var pacing = told.Add(new CheckMissed(Times.At("08:16"), Times.At("08:00"), 15, 1));
        told.Check("2026-11-18 08:20");
        var since = Of(0, 99);
        since.Lines.ShouldHaveSingleItem().Evidence.ShouldBe([pacing]);
        since.Usual.ShouldBe(2);
    }

    [Fact]
    public void From_review_to_review_nothing_is_lost_and_nothing_is_told_twice()
    {
        for (var i = 0; i < 60; i++)
        {
            _ =
                i % 7 == 0
                    ? told.Add(new CheckMissed(Times.At("08:00").AddMinutes(i), Times.At("07:00"), 15, 1))
                    : told.Check($"2026-11-18 08:{i:00}", recorded: $"2026-11-18 {(i % 3 == 0 ? "10" : "09")}:{i:00}");
        }

        long[] reviews = [0, 7, 7, 20, 41, 60];
        List<SinceReview> all = [.. reviews.Zip(reviews.Skip(1), Of)];
        all.SelectMany(s => s.Lines)
            .SelectMany(l => l.Evidence)
            .Order()
            .ShouldBe(told.History.Facts.Where(f => f.Recorded.Event is CheckMissed).Select(f => f.Recorded.Id).Order());
        all.Sum(s => s.Usual).ShouldBe(60 - 9);
        all[1].ShouldSatisfyAllConditions(none => none.Lines.ShouldBeEmpty(), none => none.Usual.ShouldBe(0));
    }

    [Fact]
    public void What_was_made_in_error_is_counted_and_what_stands_out_is_told_although_no_hand_over_tells_it()
    {
        told.Add(new TaskOverdue(Times.At("09:00"), "Weigh", new(Role.Nurse)), stream: "care_task");
        var meal = told.Add(new MealRecorded(Times.At("08:00"), Meal.Breakfast, 0, true, null), stream: "patient_status");
        told.Add(new StatusEntryTakenBack(Times.At("08:10"), meal, "breakfast", "Another patient’s"), stream: "patient_status");
        var since = Of(0, 99);
        since.Lines.ShouldHaveSingleItem().Words.ShouldStartWith("Not done by");
        since.Usual.ShouldBe(2);
    }

    [Fact]
    public void What_meetings_and_hand_overs_record_of_themselves_is_no_news()
    {
        told.Add(new PatientReviewed(Times.At("09:00"), "2-west.2026-11-18", 1), stream: "case_review");
        told.Add(
            new DecisionRecorded(Times.At("09:00"), "2-west.2026-11-18", "Weigh", new(Role.Nurse), Times.At("15:00")),
            stream: "case_review"
        );
        (Of(0, 99).Lines.Count, Of(0, 99).Usual).ShouldBe((0, 0));
    }

    [Fact]
    public void What_may_be_of_note_says_so_by_its_type()
    {
        SinceReview.MayBeOfNote(typeof(CheckMissed)).ShouldBeTrue();
        SinceReview.MayBeOfNote(typeof(DeescalationAttempted)).ShouldBeTrue();
        SinceReview.MayBeOfNote(typeof(TaskTaken)).ShouldBeFalse();
    }

    [Fact]
    public void Two_weeks_stand_beside_each_other_as_figures()
    {
        for (var day = 9; day < 11; day++)
        {
            for (var quarter = 0; quarter <= 24; quarter++)
            {
                told.Check($"2026-11-{day:00} 0{quarter / 4}:{quarter % 4 * 15:00}");
            }
        }

        told.Add(new MealRecorded(Times.At("08:00"), Meal.Breakfast, 50, false, null), stream: "patient_status");
        var figures = Figures.FromHistory(told.History, Times.On("2026-11-18 00:00").AddDays(1), TimeSpan.FromDays(8), Told.Unit);
        figures.Single(f => f.Lane == "Meals").ShouldBe(new("Meals", null, "50 of 100 on average, 1 entry"));
        figures.Single(f => f.Lane == "Asleep").ShouldBe(new("Asleep", "6.0 h a day, 18.0 h a day not known", "not known"));
    }

    private SinceReview Of(long after, long upTo) =>
        SinceReview.FromFacts(told.History.Facts, after, upTo, HandoffTemplate.IPass, Times.NewYork);
}
