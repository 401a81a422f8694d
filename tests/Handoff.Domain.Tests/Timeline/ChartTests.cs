using Handoff.Domain.Incidents;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tests.Timeline;

public sealed class ChartTests
{
    private static readonly DueWindow Due = DueWindow.AtOnce(Times.At("07:00"), Times.Minutes(15));

    private readonly Told told = new();

    [Fact]
    public void A_level_lasts_until_the_next_and_the_last_until_now()
    {
        var began = told.Add(new RoundingBegan(Times.At("07:00"), Ward.West, ObservationLevel.Q15, "Q15", 15, Due));
        told.Add(new ObservationLevelOrdered(Times.At("10:00"), ObservationLevel.OneToOne, "1:1", 15, "Reason", null, Due));
        Lane("Observation level")
            .Marks.ShouldBe([
                new(Times.At("07:00"), Times.At("10:00"), 3, "Q15", began),
                new(Times.At("10:00"), Times.At("20:00"), 6, "1:1", told.History.Entries[0].Id),
            ]);
    }

    [Fact]
    public void The_level_that_stood_when_the_span_began_is_drawn_in_it()
    {
        told.Add(new RoundingBegan(Times.On("2026-11-10 07:00"), Ward.West, ObservationLevel.Q15, "Q15", 15, Due));
        Chart().Share(Lane("Observation level").Marks.ShouldHaveSingleItem().From).ShouldBe(0);
    }

    [Fact]
    public void Between_two_sightings_asleep_the_patient_slept()
    {
        told.Check("2026-11-18 09:00", isAsleep: false);
        told.Check("2026-11-18 09:15");
        told.Check("2026-11-18 09:30");
        told.Check("2026-11-18 09:45");
        told.Check("2026-11-18 10:00", isAsleep: false);
        told.Check("2026-11-18 13:00");
        told.Check("2026-11-18 16:00");
        Lane("Asleep")
            .Marks.Select(m => (m.From, m.To, m.Words, m.IsUnknown))
            .ShouldBe([
                (Times.At("09:15"), Times.At("09:45"), "30 min", false),
                (Times.At("10:00"), Times.At("13:00"), "not known, 3 h 00 min", true),
                (Times.At("13:00"), Times.At("16:00"), "not known, 3 h 00 min", true),
                (Times.At("16:00"), Times.At("20:00"), "not known, 4 h 00 min", true),
            ]);
    }

    [Fact]
    public void Whether_somebody_slept_is_not_known_before_they_were_first_seen_nor_of_a_day_on_which_nobody_looked()
    {
        told.Add(new RoundingBegan(Times.At("08:00"), Ward.West, ObservationLevel.Q15, "Q15", 15, Due), stream: "rounding");
        Lane("Asleep").Marks.Select(m => (m.From, m.To, m.IsUnknown)).ShouldBe([(Times.At("08:00"), Times.At("20:00"), true)]);
        told.Check("2026-11-18 11:00", isAsleep: false);
        Lane("Asleep")
            .Marks.Select(m => (m.From, m.To, m.IsUnknown))
            .ShouldBe([(Times.At("08:00"), Times.At("11:00"), true), (Times.At("11:00"), Times.At("20:00"), true)]);
    }

    [Fact]
    public void Meals_moods_and_incidents_are_points_that_lead_to_their_events()
    {
        var lunch = told.Add(new MealRecorded(Times.At("12:00"), Meal.Lunch, 25, false, null), stream: "patient_status");
        var mood = told.Add(
            new BehaviorObserved(Times.At("13:00"), BehaviorDomain.Mood, "tearful", 2, null, null),
            stream: "patient_status"
        );
        told.Add(new BehaviorObserved(Times.At("13:00"), BehaviorDomain.Speech, "pressured", 2, null, null), stream: "patient_status");
        var incident = told.Add(
            new IncidentPatientInvolved(Times.At("14:00"), [Scenario.TheStay], null, IncidentKind.Aggression, null),
            stream: "incident"
        );
        Lane("Meals").Marks.Select(m => (m.Entry, m.Value)).ShouldBe([(lunch, 25)]);
        Lane("Mood").Marks.Select(m => (m.Entry, m.Value)).ShouldBe([(mood, 2)]);
        Lane("Incidents").Marks.Select(m => m.Entry).ShouldBe([incident]);
    }

    [Fact]
    public void What_was_entered_in_error_is_not_drawn()
    {
        var lunch = told.Add(new MealRecorded(Times.At("12:00"), Meal.Lunch, 25, false, null), stream: "patient_status");
        told.Add(new StatusEntryTakenBack(Times.At("12:05"), lunch, "a meal", "Wrong patient"), stream: "patient_status");
        Lane("Meals").Marks.ShouldBeEmpty();
    }

    [Fact]
    public void The_shifts_lie_behind_without_a_gap_also_when_the_clocks_change()
    {
        var chart = Domain.Timeline.Chart.FromHistory(told.History, Times.On("2026-10-31 08:00"), Times.On("2026-11-02 08:00"), Told.Unit);
        chart.Shifts.Zip(chart.Shifts.Skip(1)).ShouldAllBe(pair => pair.First.Ends == pair.Second.Starts);
        chart.Shifts[0].Starts.ShouldBeLessThanOrEqualTo(chart.From);
        chart.Shifts[^1].Ends.ShouldBeGreaterThanOrEqualTo(chart.To);
    }

    private Chart Chart() => Domain.Timeline.Chart.FromHistory(told.History, Times.At("08:00"), Times.At("20:00"), Told.Unit);

    private Lane Lane(string name) => Chart().Lanes.Single(lane => lane.Name == name);
}
