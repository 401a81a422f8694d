using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Handoffs.Floor;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Handoffs;

public class DraftTests
{
    private readonly Floor floor = Admitted("05:00");

    [Fact]
    public void What_is_as_usual_is_not_told()
    {
        floor.Does(new RecordCheck("Room", true, true) { Key = Maya }, Kim, "05:10");
        floor
            .Does(new RecordCheck("Room", true, true) { Key = Maya }, Kim, "05:20")
            .Does(new RecordCheck("Day room", false, Activity: Activity.Calm) { Key = Maya }, Kim, "05:30");
        Of(At("05:00")).Sections.SelectMany(s => s.Lines).ShouldHaveSingleItem().Words.ShouldBe("Admitted Wed 18 Nov 05:00");
    }

    [Fact]
    public void A_level_is_told_as_long_as_it_stands_with_the_order_it_rests_on()
    {
        floor
            .Does(new OrderLevel(ObservationLevel.Q5, "Left a group") { Key = Maya }, People.Prescriber, "05:30")
            .Does(new OrderLevel(ObservationLevel.OneToOne, "Said goodbye") { Key = Maya }, People.Prescriber, "06:00");
        var line = Of(At("07:00")).Sections.Single(s => s.Section == HandoffSection.SituationAwareness).Lines.ShouldHaveSingleItem();
        line.Words.ShouldBe("1:1 since Wed 18 Nov 06:00: Said goodbye");
        line.Evidence.ShouldBe([Id<ObservationLevelOrdered>(1)]);
        Line(At("05:00"), "1:1").Evidence.ShouldBe([Id<ObservationLevelOrdered>(1), Id<ObservationLevelOrdered>(0)]);
    }

    [Fact]
    public void Missed_checks_are_counted_and_each_is_evidence()
    {
        foreach (var clock in new[] { "05:16", "05:31", "05:46" })
        {
            floor.Ward.Lapse(At(clock));
        }

        Line(At("05:00"), "limits")
            .ShouldSatisfyAllConditions(
                l => l.Words.ShouldBe("3 limits passed without a check, at worst 45 min, the last: Not seen within 15 min by 05:45"),
                l => l.Evidence.Count.ShouldBe(3)
            );
        Line(At("05:40"), "Not seen").Words.ShouldBe("Not seen within 15 min by 05:45");
        Of(At("07:00")).Sections.SelectMany(s => s.Lines).ShouldNotContain(l => l.Words.Contains("limit"));
    }

    [Fact]
    public void What_changed_in_the_patient_is_told_before_what_was_missed()
    {
        floor.Does(new RecordCheck("Room", true, true) { Key = Maya }, Kim, "05:10");
        foreach (var clock in new[] { "05:26", "05:41", "05:56" })
        {
            floor.Ward.Lapse(At(clock));
        }

        floor
            .Does(new OpenIncident(IncidentKind.Fall, Ward.West, [Scenario.TheStay]) { Key = $"{Scenario.Another}" }, Kim, "05:30")
            .Does(new RecordCheck("Room", false, Activity: Activity.Tearful) { Key = Maya }, Kim, "05:57");
        var lines = Of(At("05:00")).Sections[0].Lines;
        lines[^1].Words.ShouldBe("3 limits passed without a check, at worst 45 min, the last: Not seen within 15 min by 05:55");
        lines.SkipLast(1).ShouldAllBe(l => !l.IsQuiet);
        lines.Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void A_leave_is_told_while_it_lasts_and_its_end_only_in_the_window()
    {
        floor.Does(new StartLeave(LeaveKind.Court, At("11:00"), "Hearing") { Key = Maya }, People.Prescriber, "06:00");
        Line(At("09:00"), "at court").Words.ShouldContain("expected back");
        floor.Does(new EndLeave { Key = Maya }, People.Prescriber, "10:00");
        Line(At("09:00"), "Back").Words.ShouldBe("Back on the unit at 10:00.");
        Of(At("10:30")).Sections.SelectMany(s => s.Lines).ShouldHaveSingleItem().Words.ShouldStartWith("Admitted");
    }

    [Fact]
    public void A_late_entry_says_that_it_is_late()
    {
        floor.Does(new RecordCheck("Room", true, false, At: At("06:00")) { Key = Maya }, Kim, "06:40");
        Line(At("05:30"), "NOT seen").Words.ShouldBe("Seen at 06:00: Room, asleep, breathing NOT seen (entered 40 min later)");
    }

    [Fact]
    public void Status_is_told_where_it_differs_and_what_helps_comes_first()
    {
        floor.Does(new KeepStatusWithStay { Key = Maya }, Actor.Clock, "05:00");
        floor
            .Does(new RecordPreference(PreferenceKind.Calms, "Music") { Key = Maya }, People.Nurse, "05:10")
            .Does(new StartPrecaution(PrecautionKind.Fall, "Dizzy") { Key = Maya }, People.Nurse, "05:20");
        floor
            .Does(new RecordMeal(Meal.Breakfast, 10) { Key = Maya }, People.Nurse, "08:00")
            .Does(new RecordMeal(Meal.Lunch, 90) { Key = Maya }, People.Nurse, "12:00");
        var sections = Of(At("07:00")).Sections;
        sections[0].Lines.Select(l => l.Words).ShouldBe(["What calms: Music", "Admitted Wed 18 Nov 05:00", "breakfast 10 % at 08:00"]);
        sections[2].Lines.ShouldHaveSingleItem().Words.ShouldBe("Fall precaution since Wed 18 Nov 05:20: Dizzy");
    }

    [Fact]
    public void What_was_entered_in_error_is_not_told()
    {
        floor.Does(new RecordCheck("Room", true, false) { Key = Maya }, Kim, "06:00");
        Line(At("05:30"), "NOT seen").Evidence.ShouldBe([Id<SafetyChecked>(0)]);
        floor.Does(new TakeBackCheck(Id<SafetyChecked>(0), "Wrong room") { Key = Maya }, Kim, "06:01");
        Of(At("05:30")).Sections.SelectMany(s => s.Lines).ShouldHaveSingleItem().Words.ShouldStartWith("Admitted");
    }

    [Theory]
    [InlineData(HandoffTemplate.IPass, 3)]
    [InlineData(HandoffTemplate.Psych, 5)]
    public void Every_part_has_its_section_in_every_template(HandoffTemplate template, int sections)
    {
        template.Sections().Count.ShouldBe(sections);
        Enum.GetValues<HandoffPart>().ShouldAllBe(part => template.Sections().Contains(template.SectionOf(part)));
    }

    [Fact]
    public void The_same_events_write_the_same_draft_in_any_order()
    {
        floor
            .Does(new OrderLevel(ObservationLevel.Q5, "Left a group") { Key = Maya }, People.Prescriber, "05:30")
            .Does(new RecordCheck("Hallway", false, Activity: Activity.Agitated) { Key = Maya }, Kim, "06:00");
        var shuffled = floor.Ward.Log.Reverse().ToList();
        EventTypeRegistry
            .Write(
                new HandoffAsked(
                    At("07:00"),
                    string.Join(
                        '|',
                        Draft
                            .FromEvents(HandoffTemplate.Psych, shuffled, null, NewYork)
                            .Sections.SelectMany(s => s.Lines)
                            .Select(l => l.Words)
                    )
                )
            )
            .ShouldBe(
                EventTypeRegistry.Write(
                    new HandoffAsked(
                        At("07:00"),
                        string.Join(
                            '|',
                            Draft
                                .FromEvents(HandoffTemplate.Psych, floor.Ward.Log, null, NewYork)
                                .Sections.SelectMany(s => s.Lines)
                                .Select(l => l.Words)
                        )
                    )
                )
            );
    }

    private Draft Of(DateTimeOffset since) => Draft.FromEvents(HandoffTemplate.IPass, floor.Ward.Log, since, NewYork);

    private DraftLine Line(DateTimeOffset since, string words) =>
        Of(since).Sections.SelectMany(s => s.Lines).Where(l => l.Words.Contains(words)).ShouldHaveSingleItem();

    private Guid Id<T>(int index) => floor.Ward.Log.Where(f => f.Event is T).ElementAt(index).Id;
}
