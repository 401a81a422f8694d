using Handoff.Domain.Groups;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Groups;

public class RecurrenceTests
{
    private static readonly DateOnly Monday = new(2026, 11, 16);

    [Fact]
    public void Without_weekdays_it_is_once() => new Recurrence(Monday, new(10, 0), []).Starts(NewYork).ShouldBe([On("2026-11-16 10:00")]);

    [Fact]
    public void It_falls_on_its_weekdays_until_its_last_date() =>
        new Recurrence(Monday, new(10, 0), [DayOfWeek.Monday, DayOfWeek.Thursday], new(2026, 11, 26))
            .Dates()
            .ShouldBe([Monday, new(2026, 11, 19), new(2026, 11, 23), new(2026, 11, 26)]);

    [Fact]
    public void Ten_o_clock_stays_ten_o_clock_when_the_clocks_change()
    {
        var starts = new Recurrence(new(2026, 10, 28), new(10, 0), [DayOfWeek.Wednesday], new(2026, 11, 4)).Starts(NewYork).ToList();
        starts.ShouldBe([On("2026-10-28 10:00"), On("2026-11-04 10:00")]);
        starts.Select(s => s.Offset.Hours).ShouldBe([-4, -5]);
        (starts[1] - starts[0]).ShouldBe(TimeSpan.FromHours(7 * 24 + 1));
    }

    [Fact]
    public void A_time_that_the_clock_skips_is_moved_past_the_gap() =>
        new Recurrence(new(2027, 3, 14), new(2, 30), []).Starts(NewYork).Single().ShouldBe(On("2027-03-14 03:30"));

    [Fact]
    public void A_recurrence_that_makes_no_sense_says_why()
    {
        var weekly = new Recurrence(Monday, new(10, 0), [DayOfWeek.Friday], Monday.AddDays(30));
        weekly.Wrong().ShouldBeNull();
        new Recurrence(Monday, new(10, 0), []).Wrong().ShouldBeNull();
        (weekly with { Until = null }).Wrong()!.Code.ShouldBe("until-missing");
        (weekly with { Until = Monday.AddDays(-1) }).Wrong()!.Code.ShouldBe("until-before-first");
        (weekly with { Until = Monday.AddYears(2) }).Wrong()!.Code.ShouldBe("until-far-off");
        (weekly with { Until = Monday.AddDays(2) }).Wrong()!.Code.ShouldBe("recurrence-empty");
        (weekly with { Days = Enum.GetValues<DayOfWeek>(), Until = Monday.AddDays(200) }).Wrong()!.Code.ShouldBe("recurrence-too-long");
    }
}
