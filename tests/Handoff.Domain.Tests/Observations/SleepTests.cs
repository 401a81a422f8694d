using Handoff.Domain.Observations;
using Handoff.Domain.Tests.Observations;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Observations;

public class SleepTests
{
    private static readonly DateOnly Night = new(2026, 11, 18);

    [Fact]
    public void Between_two_sightings_asleep_the_patient_slept() =>
        Nights(("22:00", false), ("22:15", true), ("22:30", true), ("22:42", true), ("22:50", false), ("23:00", true))
            .ShouldHaveSingleItem()
            .ShouldBe(new SleepNight(Night, 27 * 60, 60 * 60));

    [Fact]
    public void A_night_lasts_from_eight_in_the_evening_to_ten_in_the_morning()
    {
        Nights(("19:30", true), ("20:30", true)).ShouldHaveSingleItem().AsleepSeconds.ShouldBe(30 * 60);
        Of([(At("09:30").AddDays(1), true), (At("10:30").AddDays(1), true)])
            .ShouldHaveSingleItem()
            .ShouldBe(new SleepNight(Night, 30 * 60, 30 * 60));
        Nights(("13:00", true), ("14:00", true)).ShouldBeEmpty();
    }

    [Fact]
    public void Between_two_sightings_further_apart_than_the_limit_nothing_is_known()
    {
        Nights(("21:00", true), ("22:00", true), ("22:01", true)).ShouldHaveSingleItem().SeenSeconds.ShouldBe(61 * 60);
        Nights(("21:00", true), ("22:01", true)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-11-18 23:00", 8)]
    [InlineData("2026-10-31 23:00", 9)]
    [InlineData("2026-03-07 23:00", 7)]
    public void Hours_are_real_also_when_the_clocks_change(string from, double hours)
    {
        var until = On(from[..10] + " 07:00").AddHours(24);
        var wakes = NewYork.Instant(NewYork.Local(until).Date.AddHours(7));
        Of(Every(15, On(from), wakes).Select(at => (at, true))).ShouldHaveSingleItem().Hours().ShouldBe(hours);
    }

    [Theory]
    [InlineData("05:59", 17)]
    [InlineData("06:00", 18)]
    [InlineData("19:00", 18)]
    [InlineData("23:59", 18)]
    public void Last_night_is_told_from_six_on(string clock, int day) => SleepNight.LastNight(At(clock).AddDays(1)).Day.ShouldBe(day);

    [Fact]
    public void Few_hours_are_low_if_most_of_the_night_was_seen()
    {
        Slept(3.2, 10).IsLow().ShouldBeTrue();
        Slept(3.2, 10).Hours().ShouldBe(3.2);
        Slept(3.2, 7.9).IsLow().ShouldBeFalse();
        Slept(5, 10).IsLow().ShouldBeFalse();
    }

    [Fact]
    public void The_rounding_tells_last_nights_sleep_whatever_was_forgotten_since()
    {
        var given = RoundingTests.Rounded();
        foreach (var at in Every(15, At("20:00"), At("07:00").AddDays(1)))
        {
            var isAsleep = at >= At("23:00") && at < At("02:15").AddDays(1);
            given.When(new RecordCheck("Room", isAsleep, isAsleep ? true : null), at);
        }

        given.Ward.Restart();
        given.State.LastNight(At("07:00").AddDays(1)).ShouldBe(new SleepNight(Night, 3 * 3600, 11 * 3600));
        given.State.LastNight(At("07:00").AddDays(1))!.IsLow().ShouldBeTrue();
        given.State.LastNight(At("07:00").AddDays(2)).ShouldBeNull();
    }

    [Fact]
    public void A_check_taken_back_gives_its_time_back()
    {
        var given = RoundingTests.Rounded();
        foreach (var (clock, isAsleep) in new[] { ("22:00", true), ("22:07", false), ("22:14", true) })
        {
            given.When(new RecordCheck("Room", isAsleep, true), clock);
        }

        given.State.Nights().ShouldHaveSingleItem().AsleepSeconds.ShouldBe(0);
        given.When(new TakeBackCheck(given.State.Sightings[1].Check, "Another patient"), "22:15");
        given.State.Nights().ShouldHaveSingleItem().AsleepSeconds.ShouldBe(14 * 60);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_tally_is_what_follows_from_all_checks_however_late_the_last_few_are_written_down(int seed)
    {
        var chance = new Random(seed);
        var given = RoundingTests.Rounded();
        var checks = Every(14, At("18:00"), At("18:00").AddDays(9)).ToList();
        foreach (var three in checks.Chunk(3))
        {
            chance.Shuffle(three);
            foreach (var at in three)
            {
                given.When(new RecordCheck("Room", chance.Next(3) > 0, true, At: at), three.Max());
            }
        }

        var recorded = given.Ward.Log.Select(l => l.Event).OfType<SafetyChecked>().ToList();
        recorded.Count.ShouldBe(checks.Count);
        given
            .State.Nights()
            .ShouldBe(
                SleepTally.None.With(recorded.OrderBy(c => c.OccurredAt).Select(c => new Glimpse(c.OccurredAt, c.IsAsleep, c.Due.Limit)))
            );
        given.State.Nights().Count.ShouldBe(SleepNight.Remembered);
    }

    private static SleepNight Slept(double asleep, double seen) => new(Night, (int)(asleep * 3600), (int)(seen * 3600));

    private static IEnumerable<DateTimeOffset> Every(int minutes, DateTimeOffset from, DateTimeOffset to)
    {
        for (var at = from; at <= to; at = at.AddMinutes(minutes))
        {
            yield return NewYork.Local(at);
        }
    }

    private static IReadOnlyList<SleepNight> Nights(params (string Clock, bool IsAsleep)[] seen) =>
        Of(seen.Select(s => (At(s.Clock), s.IsAsleep)));

    private static IReadOnlyList<SleepNight> Of(IEnumerable<(DateTimeOffset At, bool IsAsleep)> seen) =>
        SleepTally.None.With(seen.Select(s => new Glimpse(s.At, s.IsAsleep, s.At.AddHours(1))));
}
