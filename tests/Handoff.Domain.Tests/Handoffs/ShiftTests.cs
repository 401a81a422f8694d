using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Handoffs.Floor;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Handoffs;

public class ShiftTests
{
    private readonly Floor floor = new();

    [Fact]
    public void A_shift_opens_by_the_units_pattern_with_the_first_person()
    {
        var decided = floor.Try(new ComeOn { Key = Night }, Kim, "22:45");
        var opened = decided.Events[0].ShouldBeOfType<ShiftOpened>();
        (opened.Name, opened.Starts, opened.Ends).ShouldBe(("Night", At("23:00"), On("2026-11-19 07:00")));
        decided.Events[1].ShouldBeOfType<CameOn>().Who.Name.ShouldBe("Jordan Kim");
        floor.Try(new ComeOn { Key = Night }, Ruiz, "22:50").Events.ShouldHaveSingleItem().ShouldBeOfType<CameOn>();
    }

    [Theory]
    [InlineData("2-west.2026-10-31.night", 9)]
    [InlineData("2-west.2027-03-13.night", 7)]
    public void A_night_on_which_the_clocks_change_is_as_long_as_it_is(string key, int hours)
    {
        var unit = floor.Ward.Of<Unit>(Ward.West);
        unit.In(key)!.Length.TotalHours.ShouldBe(hours);
        floor.Ward.Send(new ComeOn { Key = key }, unit.In(key)!.Starts, Kim).Refusal.ShouldBeNull();
        (floor.Ward.Of<Shift>(key).Ends - floor.Ward.Of<Shift>(key).Starts).TotalHours.ShouldBe(hours);
    }

    [Theory]
    [InlineData("2-west.2026-11-18.noon")]
    [InlineData("3-north.2026-11-18.day")]
    [InlineData("2-west.2026-13-18.day")]
    [InlineData("2-west.0001-01-01.night")]
    [InlineData("x")]
    public void A_shift_that_the_pattern_does_not_have_is_refused(string key) =>
        floor.Refuses(new ComeOn { Key = key }, Kim, "08:00", "shift-unknown");

    [Fact]
    public void Nobody_comes_on_a_shift_that_is_over_or_far_away() =>
        floor
            .Refuses(new ComeOn { Key = Day }, Kim, "15:00", "shift-not-on")
            .Refuses(new ComeOn { Key = Night }, Kim, "18:00", "shift-not-on")
            .Does(new ComeOn { Key = Night }, Kim, "19:00");

    [Fact]
    public void A_late_arrival_and_a_double_shift_are_what_they_are()
    {
        floor
            .Does(new ComeOn { Key = Day }, Kim, "07:05")
            .Does(new ComeOn { Key = Evening }, Kim, "14:55")
            .Does(new ComeOn { Key = Evening }, Ruiz, "15:20");
        var evening = floor.Ward.Of<Shift>(Evening);
        evening.On().Select(p => (p.Who.Name, evening.IsLate(p))).ShouldBe([("Jordan Kim", false), ("Ana Ruiz", true)]);
        floor.Ward.Of<Shift>(Day).On("kim").ShouldNotBeNull();
    }

    [Fact]
    public void Who_goes_off_early_says_why_and_may_come_back()
    {
        floor.Does(new ComeOn { Key = Day }, Kim, "07:00").Does(new GoOff(Reason: "Ill") { Key = Day }, Kim, "10:00");
        floor.Ward.Of<Shift>(Day).On("kim").ShouldBeNull();
        floor.Try(new GoOff { Key = Day }, Kim, "10:01").ShouldBeEmpty();
        floor.Does(new ComeOn { Key = Day }, Kim, "12:00");
        floor.Ward.Of<Shift>(Day).People.Select(p => p.Until).ShouldBe([At("10:00"), null]);
    }

    [Fact]
    public void Only_who_is_in_charge_speaks_for_somebody_else()
    {
        floor
            .Refuses(new ComeOn(Ruiz.Staff) { Key = Day }, Kim, "08:00", "only-for-yourself")
            .Does(new ComeOn(Ruiz.Staff) { Key = Day }, Osei, "08:00");
        floor.Refuses(new GoOff("ruiz") { Key = Day }, Kim, "09:00", "only-for-yourself");
        floor.Does(new TakeCharge { Key = Ward.West }, Ortiz, "09:00").Does(new GoOff("ruiz", "Sent home") { Key = Day }, Ortiz, "09:05");
        floor.Refuses(new GoOff("park") { Key = Day }, Ortiz, "09:10", "person-not-on");
        floor.Refuses(new ComeOn(new("display", "Wall", Role.Display)) { Key = Day }, Osei, "09:10", "not-a-person-on-the-floor");
    }

    [Fact]
    public void Somebody_is_in_charge_until_somebody_else_is()
    {
        var unit = floor.Ward.Of<Unit>(Ward.West);
        floor.Ward.Of<Charge>(Ward.West).InChargeOf(unit).ShouldBe(People.Nurse.Staff);
        floor.Does(new TakeCharge { Key = Ward.West }, Ortiz, "07:00").Does(new TakeCharge { Key = Ward.West }, Osei, "15:00");
        floor.Try(new TakeCharge { Key = Ward.West }, Osei, "15:01").ShouldBeEmpty();
        floor.Ward.Of<Charge>(Ward.West).InChargeOf(unit)!.Name.ShouldBe("Samuel Osei");
        floor.Refuses(new TakeCharge { Key = "9-north" }, Osei, "15:00", "unit-unknown");
    }

    [Fact]
    public void The_shift_that_follows_starts_when_this_one_ends()
    {
        var unit = floor.Ward.Of<Unit>(Ward.West);
        var day = unit.In(Day)!;
        ShiftKey.ForShift(Ward.West, unit.After(day)!).ShouldBe(Evening);
        ShiftKey.ForShift(Ward.West, unit.After(unit.In(Night)!)!).ShouldBe("2-west.2026-11-19.day");
    }

    [Fact]
    public void A_huddle_turns_from_patient_to_patient()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        floor
            .Does(new TurnHuddle { Key = Evening }, Osei, "14:50")
            .Does(new TurnHuddle(first) { Key = Evening }, Osei, "14:51")
            .Does(new TurnHuddle(second) { Key = Evening }, Osei, "14:53");
        floor.Try(new TurnHuddle(second) { Key = Evening }, Kim, "14:53").ShouldBeEmpty();
        var huddle = floor.Ward.Of<Shift>(Evening).Huddle!;
        (huddle.Stay, huddle.Spoken.Count, huddle.Ended).ShouldBe((second, 2, null));
        floor.Does(new EndHuddle { Key = Evening }, Osei, "15:05").Ward.Of<Shift>(Evening).Huddle!.Ended.ShouldBe(At("15:05"));
        floor.Try(new EndHuddle { Key = Evening }, Osei, "15:06").ShouldBeEmpty();
    }
}
