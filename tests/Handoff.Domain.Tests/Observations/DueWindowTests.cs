using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Observations;

public class DueWindowTests
{
    [Theory]
    [InlineData(15, 9, 14)]
    [InlineData(30, 18, 28)]
    [InlineData(60, 36, 56)]
    [InlineData(5, 3, 4.66667)]
    public void The_next_look_is_asked_for_well_inside_the_limit(int limit, double earliest, double latest)
    {
        foreach (var chance in new[] { 0, 0.25, 0.5, 0.999999 })
        {
            var due = DueWindow.After(At("10:00"), Minutes(limit), chance);
            due.Limit.ShouldBe(At("10:00").AddMinutes(limit));
            (due.Asks - At("10:00")).TotalMinutes.ShouldBeInRange(earliest - 0.001, latest + 0.001);
        }
    }

    [Fact]
    public void Looks_do_not_fall_on_a_grid()
    {
        var asked = Enumerable.Range(0, 3_000).Select(i => Asked(NamedId.From("request", i.ToString()))).ToList();
        asked.ShouldAllBe(m => m >= 9 && m < 14);
        var perHalfMinute = asked.GroupBy(m => (int)(m * 2)).Select(g => g.Count()).ToList();
        perHalfMinute.Count.ShouldBe(10);
        perHalfMinute.ShouldAllBe(count => count > 220 && count < 380);
        asked.Select(m => m % 1).Count(second => second < 1.0 / 60).ShouldBeLessThan(120);
    }

    [Fact]
    public void One_look_says_nothing_about_the_next()
    {
        var asked = Enumerable.Range(0, 3_000).Select(i => Asked(NamedId.From("request", i.ToString())) - 11.5).ToList();
        var together = asked.Zip(asked.Skip(1), (a, b) => a * b).Average() / asked.Average(a => a * a);
        Math.Abs(together).ShouldBeLessThan(0.06);
    }

    [Fact]
    public void The_same_request_asks_for_the_same_moment() => Asked(Scenario.TheStay).ShouldBe(Asked(Scenario.TheStay));

    private static double Asked(Guid request)
    {
        var ward = RoundingTests.Rounded().Ward;
        ward.Send(new RecordCheck("Room", false) { Key = Scenario.TheStay.ToString() }, At("10:00"), request: request);
        return (ward.Of<Rounding>(Scenario.TheStay.ToString()).Due!.Asks - At("10:00")).TotalMinutes;
    }
}
