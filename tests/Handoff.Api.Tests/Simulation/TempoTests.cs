using Handoff.Domain.Boards;
using Handoff.Domain.Units;
using Handoff.Simulator;

namespace Handoff.Api.Tests.Simulation;

public sealed class TempoTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 17, 12, 0, 0, TimeSpan.Zero);
    private static readonly Tempo Sixty = new(Start, 60);

    [Fact]
    public void At_speed_60_an_hour_takes_a_minute()
    {
        Sixty.Simulated(Start.AddMinutes(1)).ShouldBe(Start.AddHours(1));
        Sixty.Wall(Start.AddHours(1)).ShouldBe(Start.AddMinutes(1));
    }

    [Fact]
    public void Before_the_start_both_clocks_are_the_same()
    {
        Sixty.Simulated(Start.AddHours(-3)).ShouldBe(Start.AddHours(-3));
        Sixty.Wall(Start.AddHours(-3)).ShouldBe(Start.AddHours(-3));
    }

    [Fact]
    public void A_window_opens_when_it_really_opened_and_is_as_long_as_the_service_made_it()
    {
        var seen = Start.AddMinutes(2);
        var window = Window.ForCard(Card(seen.AddMinutes(11), seen.AddMinutes(15)), Sixty)!;
        window.Asks.ShouldBe(Start.AddHours(2).AddMinutes(11));
        window.Limit.ShouldBe(Start.AddHours(2).AddMinutes(15));
        (window.Passed(window.Limit.AddSeconds(-1)), window.Passed(window.Limit), window.Passed(window.Limit.AddMinutes(15))).ShouldBe(
            (0, 1, 2)
        );
    }

    [Fact]
    public void A_patient_who_is_away_has_no_window() => Window.ForCard(Card(null, null), Sixty).ShouldBeNull();

    private static BoardCard Card(DateTimeOffset? asks, DateTimeOffset? limit) =>
        new(
            Guid.NewGuid(),
            "M1",
            "201A",
            "Doe, Jo",
            "2-west",
            ObservationLevel.Q15,
            "Q15",
            15,
            null,
            null,
            asks,
            limit,
            false,
            false,
            0,
            null,
            false,
            1
        );
}
