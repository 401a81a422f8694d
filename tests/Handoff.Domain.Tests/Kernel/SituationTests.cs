using Handoff.Domain.Kernel;

namespace Handoff.Domain.Tests.Kernel;

public class SituationTests
{
    private static readonly DateTimeOffset Now = Times.At("10:00");

    [Fact]
    public void The_same_request_has_the_same_chance() => Chance(7).ShouldBe(Chance(7));

    [Fact]
    public void One_request_has_another_chance_for_another_thing() => Of(7).Chance("due").ShouldNotBe(Of(7).Chance("other"));

    [Fact]
    public void Chances_fall_evenly()
    {
        var tenths = Enumerable.Range(0, 20_000).Select(Chance).GroupBy(c => (int)(c * 10)).ToDictionary(g => g.Key, g => g.Count());
        tenths.Keys.Order().ShouldBe(Enumerable.Range(0, 10));
        tenths.Values.ShouldAllBe(count => count > 1_800 && count < 2_200);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(2, null)]
    [InlineData(2.1, "time-in-future")]
    [InlineData(-60, null)]
    [InlineData(-60.1, "time-before-stay")]
    public void A_time_is_refused_in_the_future_and_before_the_stay(double minutes, string? code) =>
        Of(1).Impossible(Now.AddMinutes(minutes), Now.AddHours(-1), "at")?.Code.ShouldBe(code);

    [Fact]
    public void A_time_years_ago_is_a_typing_error() => Of(1).Impossible(Now.AddYears(-2), null, "at")!.Code.ShouldBe("time-absurd");

    private static DecisionContext Of(int request) => new(Actor.Clock, Now, NamedId.From("request", request.ToString()), LoadedStates.None);

    private static double Chance(int request) => Of(request).Chance("due");
}
