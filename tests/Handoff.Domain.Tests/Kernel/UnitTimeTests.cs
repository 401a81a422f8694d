using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Tests.Kernel;

public class UnitTimeTests
{
    [Theory]
    [InlineData("America/New_York", "2026-11-18T15:00:00Z", "10:00")]
    [InlineData("America/Phoenix", "2026-07-18T15:00:00Z", "08:00")]
    [InlineData("Europe/Berlin", "2026-07-18T15:00:00Z", "17:00")]
    [InlineData("Asia/Kolkata", "2026-07-18T15:00:00Z", "20:30")]
    [InlineData("Nowhere/Else", "2026-07-18T15:00:00Z", "15:00")]
    [InlineData(null, "2026-07-18T15:00:00Z", "15:00")]
    public void A_clock_shows_the_units_time(string? zone, string instant, string clock) =>
        UnitTime.In(zone).Clock(DateTimeOffset.Parse(instant)).ShouldBe(clock);

    [Theory]
    [InlineData("America/New_York", "2026-03-08 02:30", "2026-03-08T03:30:00-04:00")]
    [InlineData("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T03:30:00+02:00")]
    public void A_time_that_spring_skips_is_moved_past_the_gap(string zone, string local, string instant) => Shows(zone, local, instant);

    [Theory]
    [InlineData("America/New_York", "2026-11-01 01:30", "2026-11-01T01:30:00-04:00")]
    [InlineData("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T02:30:00+02:00")]
    public void A_time_that_autumn_shows_twice_is_the_first_of_the_two(string zone, string local, string instant) =>
        Shows(zone, local, instant);

    [Theory]
    [InlineData("America/Phoenix", "2026-03-08 02:30", "2026-03-08T02:30:00-07:00")]
    [InlineData("America/Phoenix", "2026-11-01 01:30", "2026-11-01T01:30:00-07:00")]
    [InlineData("Asia/Kolkata", "2026-03-29 02:30", "2026-03-29T02:30:00+05:30")]
    public void Where_the_clock_never_changes_there_is_no_gap(string zone, string local, string instant) => Shows(zone, local, instant);

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("America/Phoenix")]
    [InlineData("Europe/Berlin")]
    [InlineData("Asia/Kolkata")]
    public void Every_quarter_of_a_year_comes_back_as_itself_but_for_the_second_autumn_hour(string zone)
    {
        var time = UnitTime.In(zone);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var lost = Enumerable
            .Range(0, 365 * 96)
            .Select(i => start.AddMinutes(15 * i))
            .Where(i => time.Instant(time.Local(i).DateTime) != i)
            .ToList();
        lost.Count.ShouldBe(time.Zone.SupportsDaylightSavingTime && zone is not ("America/Phoenix" or "Asia/Kolkata") ? 4 : 0);
        lost.ShouldAllBe(i => time.Zone.IsAmbiguousTime(time.Local(i).DateTime));
    }

    [Theory]
    [InlineData("America/Chicago", "2026-11-01T01:30:00-05:00", "01:30 CDT", "01:30 CST")]
    [InlineData("America/New_York", "2026-11-01T01:00:00-04:00", "01:00 EDT", "01:00 EST")]
    [InlineData("America/Los_Angeles", "2026-11-01T01:59:59-07:00", "01:59 PDT", "01:59 PST")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30:00+02:00", "02:30 CEST", "02:30 CET")]
    [InlineData("Europe/London", "2026-10-25T01:30:00+01:00", "01:30 BST", "01:30 GMT")]
    [InlineData("America/Santiago", "2026-04-04T23:30:00-03:00", "23:30 UTC-03:00", "23:30 UTC-04:00")]
    public void In_the_hour_that_comes_twice_a_time_says_which_of_the_two_it_is(string zone, string first, string clock, string again)
    {
        var (time, at) = (UnitTime.In(zone), DateTimeOffset.Parse(first));
        (time.Clock(at), time.Clock(at.AddHours(1))).ShouldBe((clock, again));
        (time.Typed(at), time.Typed(at.AddHours(1))).ShouldBe((clock[..5], clock[..5]));
        time.Twice(time.Local(at).DateTime).ShouldBe((at, at.AddHours(1)));
        time.DayAndClock(at).ShouldEndWith(clock);
    }

    [Theory]
    [InlineData("America/Chicago", "2026-11-01T00:59:59-05:00", "00:59")]
    [InlineData("America/Chicago", "2026-11-01T02:00:00-06:00", "02:00")]
    [InlineData("America/Chicago", "2026-03-08T03:00:00-05:00", "03:00")]
    [InlineData("America/Phoenix", "2026-11-01T01:30:00-07:00", "01:30")]
    [InlineData("UTC", "2026-11-01T01:30:00Z", "01:30")]
    public void Any_other_hour_has_no_name(string zone, string instant, string clock)
    {
        UnitTime.In(zone).Clock(DateTimeOffset.Parse(instant)).ShouldBe(clock);
        UnitTime.In(zone).NameIfTwice(DateTimeOffset.Parse(instant)).ShouldBeNull();
    }

    [Fact]
    public void Two_checks_an_hour_apart_don_t_read_as_the_same_time()
    {
        var (time, at) = (UnitTime.In("America/Chicago"), DateTimeOffset.Parse("2026-11-01T01:30:00-05:00"));
        SafetyChecked Check(DateTimeOffset seen) =>
            new(seen, "Room", true, true, null, EvidenceGrade.None, null, DueWindow.After(seen, Times.Minutes(15), 0));
        Check(at).Sentence(time).ShouldBe("Seen at 01:30 CDT: Room, asleep, breathing seen");
        Check(at.AddHours(1)).Sentence(time).ShouldBe("Seen at 01:30 CST: Room, asleep, breathing seen");
    }

    [Theory]
    [InlineData("America/Chicago", "2026-03-08 02:30", true)]
    [InlineData("America/Chicago", "2026-03-08 03:00", false)]
    [InlineData("America/Phoenix", "2026-03-08 02:30", false)]
    public void A_clock_knows_what_it_skips(string zone, string local, bool isSkipped) =>
        UnitTime.In(zone).IsSkipped(DateTime.Parse(local)).ShouldBe(isSkipped);

    [Theory]
    [InlineData(0, "0 min")]
    [InlineData(4.9, "4 min")]
    [InlineData(59.99, "59 min")]
    [InlineData(60, "1 h 00 min")]
    [InlineData(185, "3 h 05 min")]
    [InlineData(1500, "25 h 00 min")]
    public void A_span_reads_as_on_the_ward(double minutes, string words) => UnitTime.Span(TimeSpan.FromMinutes(minutes)).ShouldBe(words);

    [Fact]
    public void A_day_is_named() => Times.NewYork.DayAndClock(Times.On("2026-11-21 07:05")).ShouldBe("Sat 21 Nov 07:05");

    private static void Shows(string zone, string local, string instant)
    {
        var shown = UnitTime.In(zone).Instant(DateTime.Parse(local));
        shown.ShouldBe(DateTimeOffset.Parse(instant));
        shown.Offset.ShouldBe(DateTimeOffset.Parse(instant).Offset);
    }
}
