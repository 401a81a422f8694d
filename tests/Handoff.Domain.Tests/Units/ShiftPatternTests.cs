using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tests.Units;

public class ShiftPatternTests
{
    private static readonly UnitTime NewYork = Times.NewYork;

    [Theory]
    [InlineData("2026-11-18 06:59", "2026-11-17 Night")]
    [InlineData("2026-11-18 07:00", "2026-11-18 Day")]
    [InlineData("2026-11-18 14:59", "2026-11-18 Day")]
    [InlineData("2026-11-18 15:00", "2026-11-18 Evening")]
    [InlineData("2026-11-18 23:00", "2026-11-18 Night")]
    [InlineData("2026-11-19 00:00", "2026-11-18 Night")]
    public void A_night_belongs_to_the_date_on_which_it_began(string at, string shift) =>
        ShiftPattern.EightHours.On(Times.On(at), NewYork).ShouldHaveSingleItem().Id.ShouldBe(shift);

    [Fact]
    public void Patterns_of_different_length_stand_side_by_side() =>
        ShiftPattern.Mixed.On(Times.On("2026-11-18 21:00"), NewYork).Select(s => s.Name).ShouldBe(["Evening", "Long night"]);

    [Theory]
    [InlineData("2026-03-07", 7)]
    [InlineData("2026-10-31", 9)]
    [InlineData("2026-11-18", 8)]
    public void A_night_on_which_the_clock_changes_is_an_hour_shorter_or_longer(string date, int hours) =>
        ShiftPattern.EightHours[2].OnDate(DateOnly.Parse(date), NewYork).Length.ShouldBe(TimeSpan.FromHours(hours));

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("America/Phoenix")]
    [InlineData("Europe/Berlin")]
    [InlineData("Asia/Kolkata")]
    public void Somebody_is_on_at_every_moment_of_a_year_and_only_one_shift_of_a_plain_pattern(string zone)
    {
        var time = UnitTime.In(zone);
        var start = time.Instant(new DateTime(2026, 1, 1));
        foreach (var at in Enumerable.Range(0, 365 * 12).Select(i => start.AddHours(2 * i).AddMinutes(i % 60)))
        {
            ShiftPattern.EightHours.On(at, time).Count().ShouldBe(1);
            ShiftPattern.TwelveHours.On(at, time).Count().ShouldBe(1);
            ShiftPattern.Mixed.On(at, time).Count().ShouldBe(2);
        }
    }

    [Fact]
    public void The_unit_knows_its_shift() =>
        new Unit { Zone = "America/New_York" }
            .ShiftAt(Times.At("08:00"))!
            .Id.ShouldBe("2026-11-18 Day");
}
