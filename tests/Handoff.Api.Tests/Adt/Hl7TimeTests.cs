using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Tests.Adt;

public class Hl7TimeTests
{
    private static Hl7Time? Read(string text) => Hl7Time.TryRead(text, AdtSample.NewYork, out var time) ? time : null;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);

    [Theory]
    [InlineData("2024", "2024-01-01T00:00:00-05:00", TimePrecision.Year)]
    [InlineData("202407", "2024-07-01T00:00:00-04:00", TimePrecision.Month)]
    [InlineData("20240704", "2024-07-04T00:00:00-04:00", TimePrecision.Day)]
    [InlineData("2024070423", "2024-07-04T23:00:00-04:00", TimePrecision.Hour)]
    [InlineData("202407042359", "2024-07-04T23:59:00-04:00", TimePrecision.Minute)]
    [InlineData("20240704235958", "2024-07-04T23:59:58-04:00", TimePrecision.Second)]
    [InlineData("20240704235958.1", "2024-07-04T23:59:58.1-04:00", TimePrecision.Fraction)]
    [InlineData("20240704235958.1234", "2024-07-04T23:59:58.1234-04:00", TimePrecision.Fraction)]
    [InlineData("20240704235958.1234+0530", "2024-07-04T23:59:58.1234+05:30", TimePrecision.Fraction)]
    [InlineData("202407042359-0800", "2024-07-04T23:59:00-08:00", TimePrecision.Minute)]
    [InlineData("20240704+0000", "2024-07-04T00:00:00+00:00", TimePrecision.Day)]
    [InlineData(" 19840229 ", "1984-02-29T00:00:00-05:00", TimePrecision.Day)]
    public void A_time_is_as_precise_as_it_was_sent(string text, string at, TimePrecision precision)
    {
        Read(text).ShouldBe(new Hl7Time(At(at), precision));
        Read(text)!.Value.At.Offset.ShouldBe(At(at).Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("20241")]
    [InlineData("20241301")]
    [InlineData("20230229")]
    [InlineData("20240700")]
    [InlineData("2024070424")]
    [InlineData("202407042360")]
    [InlineData("20240704235960")]
    [InlineData("20240704235958.")]
    [InlineData("20240704.5")]
    [InlineData("20240704235958.12345678")]
    [InlineData("20240704+05")]
    [InlineData("20240704+0560")]
    [InlineData("20240704+1500")]
    [InlineData("2024-07-04")]
    [InlineData("2024-07-04T12:00:00Z")]
    [InlineData("٢٠٢٤")]
    [InlineData("00000000")]
    [InlineData("00010101")]
    [InlineData("99991231235959")]
    [InlineData("99999999999999999999999999")]
    public void What_is_no_time_is_not_read(string text) => Read(text).ShouldBeNull();

    [Fact]
    public void An_hour_that_the_clock_shows_twice_is_the_first_of_the_two() =>
        Read("20241103013000")!.Value.At.ShouldBe(At("2024-11-03T05:30:00Z"));

    [Fact]
    public void An_hour_that_the_clock_skips_counts_on_from_before_the_change() =>
        Read("20240310023000")!.Value.At.ShouldBe(At("2024-03-10T03:30:00-04:00"));

    [Fact]
    public void A_birth_date_is_the_day_that_was_sent() => Read("19840229")!.Value.Date.ShouldBe(new DateOnly(1984, 2, 29));
}
